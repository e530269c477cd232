from ipaddress import ip_network

import pytest

from wardround.kernel import InvalidInput, NotAllowed, Unavailable
from wardround.privacy.egress.address import Origin, Place, find, is_under, read_origin

OURS = (ip_network("10.20.0.0/16"), ip_network("169.254.0.0/16"), ip_network("fd12::/16"))


def place_of(*addresses: str, url: str = "https://api.vendor.example/") -> Place:
    return find(read_origin(url), OURS, lambda host, port: addresses).place


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://API.Vendor.example./v1", Origin("https", "api.vendor.example", 443)),
        ("http://127.0.0.1:8000", Origin("http", "127.0.0.1", 8000)),
        ("https://[::1]:9/x", Origin("https", "::1", 9)),
        ("https://xn--bcher-kva.example/", Origin("https", "xn--bcher-kva.example", 443)),
    ],
)
def test_an_address_is_read(url: str, origin: Origin) -> None:
    assert read_origin(url) == origin


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1.0x1/",
        "http://1.2.3.4.5/",
        "https://vendor.example@127.0.0.1/",
        "https://user:secret@vendor.example/",
        "https://vendor.example\\@evil.example/",
        "https://vendor.example\t.evil.example/",
        "https://vendor.example /",
        "https://ⓥendor.example/",
        "https://vendor。example/",
        "https://[::1%25eth0]/",
        "https://[::1/",
        "https:///path",
        "https://vendor.example:99999/",
        "https://vendor.example:0/",
        "https://vendor.example:x/",
        "https://vendor_x.example/",
        "https://-vendor.example/",
        "https://vendor..example/",
        "https://vendor.example/?to=evil",
        "https://vendor.example/#evil",
        "ftp://vendor.example/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "//vendor.example/",
        "",
    ],
)
def test_what_could_be_read_in_two_ways_is_not_read(url: str) -> None:
    with pytest.raises(InvalidInput):
        read_origin(url)


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "::ffff:a9fe:a9fe",
        "64:ff9b::a9fe:a9fe",
        "fd00:ec2::254",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "0.0.0.0",
        "::",
        "10.0.0.5",
        "172.16.0.1",
        "192.168.1.1",
        "::ffff:192.168.1.1",
        "100.64.0.1",
        "192.0.2.7",
        "198.18.0.1",
        "224.0.0.251",
        "ff02::1",
        "240.0.0.1",
        "255.255.255.255",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "::7f00:1",
        "::ffff:0:127.0.0.1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
    ],
)
def test_addresses_that_are_never_called(address: str) -> None:
    with pytest.raises(NotAllowed):
        place_of(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_a_foreign_name_does_not_lead_to_this_machine(address: str) -> None:
    with pytest.raises(NotAllowed, match="this machine"):
        place_of(address)
    assert place_of(address, url="http://localhost:8000/") is Place.MACHINE


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000/", "http://[::1]/", "https://[::ffff:7f00:1]/"]
)
def test_this_machine_in_figures(url: str) -> None:
    assert place_of(read_origin(url).host, url=url) is Place.MACHINE


def test_places() -> None:
    assert place_of("10.20.3.4") is Place.PRIVATE
    assert place_of("::ffff:10.20.3.4", url="http://llm.hospital.example/") is Place.PRIVATE
    assert place_of("fd12::7") is Place.PRIVATE
    assert place_of("93.184.216.34", "2606:2800:220:1::1") is Place.WORLD
    with pytest.raises(NotAllowed, match="only https"):
        place_of("93.184.216.34", url="http://api.vendor.example/")


def test_a_name_that_leads_to_several_places_is_refused() -> None:
    with pytest.raises(NotAllowed, match="more than one place"):
        place_of("93.184.216.34", "10.20.3.4")
    with pytest.raises(NotAllowed):
        place_of("93.184.216.34", "169.254.169.254")


def test_a_name_that_does_not_resolve() -> None:
    def nothing(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(Unavailable, match="cannot be resolved"):
        find(read_origin("https://api.vendor.example/"), (), nothing)
    with pytest.raises(Unavailable):
        place_of()


@pytest.mark.parametrize(
    ("path", "under"),
    [
        ("/v1/chat", True),
        ("/v1", True),
        ("/v1x/chat", False),
        ("/v1/../admin", False),
        ("/v1/%2e%2e/admin", False),
        ("/v1/%252e%252e/admin", False),
        ("/v1/..\\admin", False),
        ("/", False),
    ],
)
def test_paths_stay_under_the_recipients(path: str, under: bool) -> None:
    assert is_under(path, "/v1/") is under
