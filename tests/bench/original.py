# SPDX-License-Identifier: Apache-2.0
"""The algorithm that this project started from, as short as it was: a copy of each script into a
directory named by the second, and back. Neither durable nor verified. Usage: original.py backup|rollback
"""

import os
import shutil
import sys
from datetime import datetime

BACKUP_DIR = "backups"
SERVICES_DIR = "services"


def backup() -> None:
    stamp = datetime.now().strftime("%Y-%m-%d_%H-%M-%S")
    target = os.path.join(BACKUP_DIR, stamp)
    os.makedirs(target, exist_ok=True)
    for service in os.listdir(SERVICES_DIR):
        script = os.path.join(SERVICES_DIR, service, "entrypoint.sh")
        if os.path.exists(script):
            shutil.copy(script, os.path.join(target, f"{service}_entrypoint.sh"))
    print(f"✅ Backup created: {target}/")


def rollback() -> None:
    backups = sorted(os.listdir(BACKUP_DIR), reverse=True)
    if not backups:
        print("❌ No backups found. Cannot perform rollback.")
        return
    source = os.path.join(BACKUP_DIR, backups[0])
    for name in os.listdir(source):
        service = name.replace("_entrypoint.sh", "")
        target = os.path.join(SERVICES_DIR, service, "entrypoint.sh")
        if not os.path.exists(target):
            print(f"⚠️ Warning: Service {service} does not exist. Skipping.")
            continue
        shutil.copy(os.path.join(source, name), target)
        print(f"✅ Restored {service} from {backups[0]}")
    print("✔ Rollback completed successfully.")


if __name__ == "__main__":
    {"backup": backup, "rollback": rollback}[sys.argv[1]]()
