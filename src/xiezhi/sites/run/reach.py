"""How a command given by hand finds the installation: its home, and its site's database."""

import os

from xiezhi.sites.run import roles
from xiezhi.sites.run.places import Home, default_home
from xiezhi.sites.run.postgres import address, socket_folder


def reach(site: str) -> dict[str, str]:
    """Return what the environment does not say yet: the home, and the address as the app role.

    Whoever may not read the site's password gets no address. An address that is given is kept.
    """
    home = Home(default_home())
    found = {"XIEZHI_HOME": str(home.root)}
    place, name = home.site(site), f"DATABASE_URL_{site.upper()}"
    try:
        password = (place.keys / "database_app").read_text().strip()
    except OSError:
        password = ""
    if password:
        sockets = socket_folder(place.sockets)
        found[name] = address(sockets, roles.APP, password, roles.DATABASE)
    return {word: value for word, value in found.items() if word not in os.environ}
