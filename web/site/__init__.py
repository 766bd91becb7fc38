"""The site as a Flask application (网站): the table of pages, routes, cache, languages. Start at pages.py."""
