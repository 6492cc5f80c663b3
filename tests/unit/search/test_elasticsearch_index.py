"""What can be said of the Elasticsearch adapter without a server: that there is none."""
from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from archive.adapters.index_elasticsearch import ElasticsearchIndex
from archive.errors import BadRequest, BadSettings, Unavailable
from archive.model.query import MatchAll, SearchRequest


@pytest.fixture
def nowhere() -> Iterator[ElasticsearchIndex]:
    """An index on a port that nobody listens on (bound, so that nobody can)."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        index = ElasticsearchIndex(f"http://someone:secret-word@127.0.0.1:{taken.getsockname()[1]}", "casetrail")
        yield index
        index.close()


def test_server_that_cannot_be_reached_is_unavailable_with_a_remedy_and_no_secret(nowhere: ElasticsearchIndex) -> None:
    calls = (nowhere.versions, nowhere.current, lambda: nowhere.create("v1"), lambda: nowhere.switch("v1"), lambda: nowhere.commit("v1"),
             lambda: nowhere.upsert("v1", [{"record_id": "0" * 20}]), lambda: nowhere.count(MatchAll()), lambda: nowhere.ids(MatchAll()),
             lambda: nowhere.search(SearchRequest(MatchAll())), lambda: nowhere.facets(MatchAll(), MatchAll(), ("kind",)))
    for call in calls:
        with pytest.raises(Unavailable) as raised:
            call()
        assert "CASETRAIL_INDEX_URL" in str(raised.value)
        assert raised.value.remedy
        assert "secret-word" not in str(raised.value)


def test_health_says_that_it_is_not_ready_and_does_not_raise(nowhere: ElasticsearchIndex) -> None:
    health = nowhere.health()
    assert not health.ready
    assert "127.0.0.1" not in health.detail


def test_name_that_elasticsearch_would_refuse_is_refused_at_once() -> None:
    with pytest.raises(BadRequest):
        ElasticsearchIndex("http://127.0.0.1:9", "Case*Trail")


@pytest.mark.parametrize("url", ["http://somewhere", "http://", "https://a:9200,b"])
def test_address_without_a_port_is_a_bad_setting(url: str) -> None:
    with pytest.raises(BadSettings, match="CASETRAIL_INDEX_URL"):
        ElasticsearchIndex(url, "casetrail")
