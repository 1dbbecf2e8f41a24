#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Mails what backstep's report says, and nothing when all is well. The page of the run goes with it, if there is one.

Usage: SMTP_HOST=… MAIL_FROM=… MAIL_TO=… mail.py run.json [run.html]
SMTP_PORT is 587 unless set; SMTP_USER and SMTP_PASSWORD are for servers that ask, and are sent only after TLS.
"""
import email.message
import json
import os
import smtplib
import ssl
import sys
from pathlib import Path

report = Path(sys.argv[1])
# A run that was refused, or killed, leaves no report. That is worth a message, too.
run = json.loads(report.read_text(encoding="utf-8")) if report.exists() else None
if run and run["exit_code"] == 0:
    sys.exit()

mail = email.message.EmailMessage()
mail["From"], mail["To"] = os.environ["MAIL_FROM"], os.environ["MAIL_TO"]
if run is None:
    mail["Subject"] = "backstep left no report"
    mail.set_content("It was refused, or killed. Read the log of the job.\n")
else:
    mail["Subject"] = " ".join(f"backstep: {run['live']}".split())  # a header is one line
    failure, diagnosis = run.get("failure", {}), run.get("diagnosis", {})
    rows = [("exit code", run["exit_code"]), ("live now", run["live"])]
    rows += [("failed", f"{failure['step']} {failure['described']}")] if failure else []
    rows += [("changed", ", ".join(run["changed"][:10]))]
    rows += [("next", f"{step['do']} {step['command']}") for step in run["next"]]
    rows += [("by", run["actor"]), ("commit", run["commit"]), ("run", run["url"])]
    # One line each: an actor's name may hold the end of a line.
    text = [" ".join(f"{name}: {value}".split()) for name, value in rows if value != ""]
    text += ["", failure.get("output_tail", ""), "", diagnosis.get("output_tail", "")]
    mail.set_content("\n".join(text) + "\n")
for page in map(Path, sys.argv[2:]):
    if page.exists():
        mail.add_attachment(page.read_bytes(), maintype="text", subtype="html", filename=page.name)

with smtplib.SMTP(os.environ["SMTP_HOST"], int(os.environ.get("SMTP_PORT", 587)), timeout=20) as server:
    if os.environ.get("SMTP_USER"):
        server.starttls(context=ssl.create_default_context())
        server.login(os.environ["SMTP_USER"], os.environ["SMTP_PASSWORD"])
    server.send_message(mail)
