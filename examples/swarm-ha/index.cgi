#!/bin/sh
# Says which replica answered.
printf 'Content-Type: text/plain\r\n\r\n%s\n' "$(hostname)"
