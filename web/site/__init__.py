"""The site as a Flask application (网站): routes, API, headers, cache. Start at app.py."""
