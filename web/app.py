"""The application (网站): pages, maps and API over a library. `create_app(settings)` makes it."""

from __future__ import annotations

from flask import Flask

from web import answers, errors, language, security, templating
from web.api import api
from web.library import Library, open_library
from web.pages import pages
from web.settings import Settings


def create_app(settings: Settings, library: Library | None = None) -> Flask:
    """The site of a library, ready for a WSGI server with many threads; opens the library unless one is given.

    Raises what `open_library` raises.
    """
    opened = library or open_library(settings.library, settings.lexicon, settings.local_units)
    app = Flask("web")
    app.config.update(MAX_CONTENT_LENGTH=64 * 1024, SEND_FILE_MAX_AGE_DEFAULT=3600)
    app.extensions["zeren-library"] = opened
    app.extensions["zeren-settings"] = settings
    language.install(app)
    security.install(app, settings)
    answers.install(app, opened, settings)
    templating.install(app)
    errors.install(app)
    app.register_blueprint(pages)
    app.register_blueprint(api)
    return app
