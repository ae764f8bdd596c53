"""Signed pass tokens: what they say, how they are signed, and what a check answers.

`pass_token` holds the claims and their compact form; `revocations` the signed list of passes that
no longer count; `signing` signs and verifies (keys and instant are passed in); `keys` describes
keys and the port that keeps them; `locating` decides whether a place lies on the pass's route.
"""
