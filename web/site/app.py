"""The application (网站): pages, maps and API over a library. `create_app(settings)` makes it."""

from __future__ import annotations

from flask import Flask

from web import errors
from web.library import Library, open_library
from web.serving import security, static_files
from web.serving.last_resort import LastResort
from web.settings import Settings
from web.site import answers, language, routes, templating


def create_app(settings: Settings, library: Library | None = None) -> Flask:
    """The site of a library, ready for a WSGI server with many threads; opens the library unless one is given.

    Raises what `open_library` raises.
    """
    opened = library or open_library(
        settings.library, settings.lexicon, settings.local_units, show_contacts=settings.show_contacts
    )
    app = Flask("web", static_folder=None)
    # What nobody foresaw is for the last resort alone: Flask would log a traceback and answer without our headers.
    app.config.update(MAX_CONTENT_LENGTH=64 * 1024, PROPAGATE_EXCEPTIONS=True)
    app.wsgi_app = LastResort(app.wsgi_app, settings)  # type: ignore[method-assign]
    # No redirect to a tidier path: it would be an absolute address, made of the Host that was sent.
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    app.extensions["zeren-library"] = opened
    app.extensions["zeren-settings"] = settings
    language.install(app)
    security.install(app, settings)
    answers.install(app, opened, settings)
    static_files.install(app)
    templating.install(app)
    errors.install(app)
    routes.install(app)
    return app
