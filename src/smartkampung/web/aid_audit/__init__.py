"""Pages for auditors: findings, the thread of a case, who changed what."""
