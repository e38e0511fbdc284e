"""What a file says, cell by cell. Runs in a child process; knows no Django.

A child of its own, because a workbook may be built to exhaust memory or to crash
its parser: then the child dies and the registry's worker says so in words. It also
keeps the parser out of web workers.
"""
