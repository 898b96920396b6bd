"""What the gateway counts (`sockets_open` is in `bilin.core.telemetry`)."""

from prometheus_client import Counter

from bilin.core.telemetry import registry

deliveries = Counter("bilin_socket_deliveries", "Events sent live, once for each connection", registry=registry)
replayed = Counter("bilin_socket_replayed", "Events sent to clients that resumed", registry=registry)
resyncs = Counter("bilin_socket_resyncs", "Clients told to fetch everything anew", ["reason"], registry=registry)
broken = Counter(
    "bilin_socket_broken", "Connections given up because handling them failed: a mistake of ours", registry=registry
)
refused = Counter("bilin_sockets_refused", "Sockets refused: a session or person has enough", registry=registry)
closed = Counter("bilin_socket_closed", "Connections the server closed", ["code"], registry=registry)
