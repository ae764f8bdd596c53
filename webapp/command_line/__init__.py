"""Commands: one module per group; they ask `webapp.access` for services, as pages do."""
