"""Settings of the embedded PostgreSQL that fit the machine."""

import os

MB = 1024 * 1024


def tuned() -> tuple[str, ...]:
    """Return server options: memory by what the machine has, bulk loads in mind."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MB
    settings = {
        "shared_buffers": f"{_between(128, memory // 8, 1024)}MB",
        "effective_cache_size": f"{_between(256, memory // 2, 8192)}MB",
        "maintenance_work_mem": f"{_between(64, memory // 32, 512)}MB",
        "work_mem": "16MB",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "max_connections": "100",
    }
    return tuple(f"-c {name}={value}" for name, value in settings.items())


def _between(least: int, value: int, most: int) -> int:
    return max(least, min(value, most))
