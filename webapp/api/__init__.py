"""The interface for programs, /api/v1: one endpoint per file.

registration    the OpenAPI document, its page, request checks
bearer          tokens of organisations and their scopes
endpoint        what every endpoint shares
transports      the transport in a request's body
problems        the shape of error answers
v1              classify, route, toll quote
"""
