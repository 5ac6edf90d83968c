"""Generates requests, calls the app and watches it from inside: `Contract` to `Exchange`.

Its entrances are `drawer.Drawer`, `session.Session` and `watch.installed`; nothing is imported here, since the drawing
process needs little of it.
"""
