"""A real image archive on this machine: Orthanc with its DICOMweb service."""

import json
import shutil
import socket
import subprocess
import time
from pathlib import Path

import httpx
import pytest

_PLUGINS = Path("/usr/share/orthanc/plugins")


class Orthanc:
    """An Orthanc of our own, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("Orthanc")
        if program is None or not any(_PLUGINS.glob("*DicomWeb*")):
            pytest.skip("Orthanc is not installed (Debian: apt install orthanc orthanc-dicomweb)")
        web, dicom = _free(), _free()
        folder.mkdir(parents=True, exist_ok=True)
        settings = {
            "Name": "test",
            "StorageDirectory": str(folder / "storage"),
            "IndexDirectory": str(folder / "storage"),
            "HttpPort": web,
            "DicomPort": dicom,
            "RemoteAccessAllowed": False,
            "AuthenticationEnabled": True,
            "RegisteredUsers": {"ward": "round"},
            "Plugins": [str(_PLUGINS)],
            "DicomWeb": {"Enable": True, "Root": "/dicom-web/"},
        }
        file = folder / "orthanc.json"
        file.write_text(json.dumps(settings))
        with (folder / "orthanc.log").open("wb") as log:
            self._process = subprocess.Popen([program, str(file)], stdout=log, stderr=log)
        self.address = f"http://127.0.0.1:{web}"
        self.dicom_web = f"{self.address}/dicom-web/"
        self._client = httpx.Client(base_url=self.address, auth=("ward", "round"))
        self._wait()

    def instances(self) -> list[dict[str, str]]:
        """Return the main tags of everything that it holds."""
        found = self._client.get("/instances").json()
        tags = [self._client.get(f"/instances/{one}/simplified-tags").json() for one in found]
        return sorted(tags, key=lambda one: one["SOPInstanceUID"])

    def files(self) -> list[bytes]:
        """Return the files of everything that it holds."""
        found = self._client.get("/instances").json()
        return [self._client.get(f"/instances/{one}/file").content for one in found]

    def studies(self) -> int:
        """Return how many studies it holds."""
        return len(self._client.get("/studies").json())

    def store(self, data: bytes) -> None:
        """Put an instance into it."""
        self._client.post("/instances", content=data).raise_for_status()

    def stop(self) -> None:
        """Stop it."""
        self._client.close()
        self._process.terminate()
        self._process.wait(30)

    def _wait(self) -> None:
        for _ in range(600):
            try:
                if self._client.get("/system").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("Orthanc did not start")


def _free() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
