"""How many posts came from one network lately; kept in memory, for ten minutes, and nowhere else.

203.0.113.7, 203.0.113.9   one network, 203.0.113.0/24   ─► together at most 30 in ten minutes
2001:db8:1:2::5            one network, 2001:db8:1::/48
"""

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

WINDOW = timedelta(minutes=10)
MOST = 30
NETWORKS = 10_000
PREFIXES = {4: 24, 6: 48}


class Crowds:
    """Posts by network; the networks that were quiet for longest are forgotten first."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def crowded(self, address: str, moment: datetime) -> bool:
        """Count a post from an address, and return whether its network had sent `MOST` before it."""
        network = network_of(address)
        with self._lock:
            posts = self._seen.setdefault(network, deque(maxlen=MOST))
            self._seen.move_to_end(network)
            if len(self._seen) > NETWORKS:
                self._seen.popitem(last=False)
            crowded = len(posts) == MOST and posts[0] > moment - WINDOW
            posts.append(moment)
        return crowded


def network_of(address: str) -> str:
    """Return the network of an address; what is no address is a network of its own."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, PREFIXES[parsed.version]), strict=False))
