"""The name of a device, as its owner would say it."""

# The first that fits wins: most browsers also claim to be Chrome and Safari.
BROWSERS = {
    "SamsungBrowser": "Samsung Internet",
    "OPR/": "Opera",
    "Opera Mini": "Opera Mini",
    "Edg": "Edge",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


def device_name(user_agent: str) -> str:
    """Return "Chrome, Android" for what a browser says of itself.

    What it says is no proof of anything, and unknown words are given back as they
    are, shortened.
    """
    found = [
        next((name for sign, name in names.items() if sign in user_agent), "")
        for names in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, found)) or user_agent[:40]
