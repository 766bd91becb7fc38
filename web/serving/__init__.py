"""Between the network and the pages (服务): connections, headers, refusals, static files, the last resort."""
