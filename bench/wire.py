"""Requests as bytes, made beforehand, so that measuring costs little."""

from bench.town import PORT


def request(
    method: str, path: str, *headers: str, cookies: str = "", body: str = ""
) -> bytes:
    """Return a request to the town's web server; a body is a filled-in form."""
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: localhost:{PORT}",
        "Accept-Language: id",
        *headers,
    ]
    if cookies:
        lines.append(f"Cookie: {cookies}")
    if body:
        lines += [
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            f"Origin: http://localhost:{PORT}",
        ]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def from_address(number: int) -> str:
    """Return the header by which our own proxy says who asks: one of 16 million."""
    return (
        f"X-Forwarded-For: 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    )
