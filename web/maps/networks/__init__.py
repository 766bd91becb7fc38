"""Networks (网络): one record of nodes, lines and boxes; numbers on lines; pyvis, which builds them for vis-network."""
