"""The interface for programs, /api/v1: one endpoint per file.

registration    the OpenAPI document, its page, request checks
bearer          tokens of organisations and their scopes
v1              classify, route, toll quote
"""
