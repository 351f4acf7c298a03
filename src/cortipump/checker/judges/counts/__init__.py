"""Numbers of things: visits, stays, days lost, calls, none at all."""
