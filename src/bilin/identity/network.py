"""What stands for one party on the network, where attempts are counted."""

import ipaddress

IPV6_HOST_BITS = 64


def network_of(address: str) -> str:
    """What stands for one party on the network: an IPv4 address, or the /64 that an IPv6 host can roam in."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, IPV6_HOST_BITS), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
