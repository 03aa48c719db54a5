#!/bin/sh
# Redis answers `INCR` with a colon and the new number.
visits=$(printf 'INCR visits\r\nQUIT\r\n' | nc -w 2 "$REDIS_HOST" 6379 | tr -d ':\r' | head -n 1)
printf 'Content-Type: text/plain\r\n\r\nVisit %s, counted by %s.\n' "$visits" "$(hostname)"
