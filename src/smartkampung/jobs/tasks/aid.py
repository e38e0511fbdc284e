"""Jobs of aid: one short function each, which calls one action of the domain.

    @job("aid.verify_report")
    def verify_report(report_id: int) -> None:
        report.verify_report(report_id=report_id, at=now())

Arguments are ids, never personal data: the queue stores them readable.
"""
