"""Who looks at the pages without being a person? Rows of words by which programs name themselves."""

# A word of the user agent, in small letters → what it is.
BOT_WORDS: dict[str, str] = {
    "bot": "Googlebot, bingbot, Applebot and nearly every other",
    "crawl": "crawlers",
    "spider": "Baiduspider, YisouSpider",
    "slurp": "Yahoo! Slurp",
    "archiver": "web archives",
    "wayback": "web archives",
    "fetch": "feed fetchers, read-ahead proxies",
    "preview": "link previews: BingPreview, Google Web Preview",
    "facebookexternalhit": "link previews of Facebook",
    "line-poker": "link previews of LINE",
    "slack-imgproxy": "link previews of Slack",
    "whatsapp/": "link previews of WhatsApp",
    "mastodon": "link previews of Mastodon",
    "hatena": "Hatena's antennas and bookmarks",
    "feed": "feed readers",
    "calendar": "calendar programs renewing a subscription",
    "monitor": "availability checks",
    "uptime": "availability checks",
    "pingdom": "availability checks",
    "statuscake": "availability checks",
    "nagios": "availability checks",
    "healthcheck": "availability checks of load balancers",
    "kube-probe": "availability checks of Kubernetes",
    "elb-": "availability checks of AWS",
    "lighthouse": "speed tests",
    "gtmetrix": "speed tests",
    "headless": "browsers without a screen",
    "phantomjs": "browsers without a screen",
    "playwright": "browser tests",
    "selenium": "browser tests",
    "curl/": "command line",
    "wget/": "command line",
    "python-": "programs: requests, urllib, httpx",
    "python/": "programs: aiohttp",
    "httpx": "programs",
    "werkzeug": "the site's own tests and warm-up",
    "go-http-client": "programs",
    "java/": "programs",
    "okhttp": "programs",
    "apache-httpclient": "programs",
    "libwww": "programs",
    "node-fetch": "programs",
    "axios": "programs",
    "ruby": "programs",
    "php/": "programs",
    "scan": "security scanners",
    "nmap": "security scanners",
    "nikto": "security scanners",
    "validator": "checks of HTML and links",
    "gptbot": "collectors of texts for language models",
    "claude": "collectors of texts for language models",
    "bytedance": "collectors of texts for language models",
}
# Phones whose name holds a word above.
NOT_BOTS = ("cubot",)


def is_bot(user_agent: str | None) -> bool:
    """True for a program; whoever does not say what it is, is one too."""
    said = (user_agent or "").lower()
    for name in NOT_BOTS:
        said = said.replace(name, "")
    return not said.strip() or any(word in said for word in BOT_WORDS)
