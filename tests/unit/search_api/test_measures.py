"""The text format of Prometheus."""
from __future__ import annotations

from search_api.metrics import BUCKETS_SECONDS, Metrics


def test_buckets_add_up_from_below() -> None:
    metrics = Metrics()
    for seconds in (0.001, 0.02, 0.02, 100.0):
        metrics.observe("GET", "/v1/search", 200, seconds)
    lines = metrics.text({}).splitlines()
    buckets = [int(line.rsplit(" ", 1)[1]) for line in lines if line.startswith("casetrail_http_request_seconds_bucket")]
    assert len(buckets) == len(BUCKETS_SECONDS) + 1
    assert buckets == sorted(buckets)
    assert (buckets[0], buckets[2], buckets[-2], buckets[-1]) == (1, 3, 3, 4)
    assert 'casetrail_http_request_seconds_count{route="/v1/search"} 4' in lines
    assert 'casetrail_http_request_seconds_sum{route="/v1/search"} 100.041000' in lines


def test_requests_are_counted_by_method_route_and_status() -> None:
    metrics = Metrics()
    metrics.observe("GET", "/v1/search", 200, 0.1)
    metrics.observe("GET", "/v1/search", 200, 0.1)
    metrics.observe("GET", "/v1/search", 404, 0.1)
    text = metrics.text({})
    assert 'casetrail_http_requests_total{method="GET",route="/v1/search",status="200"} 2' in text
    assert 'casetrail_http_requests_total{method="GET",route="/v1/search",status="404"} 1' in text


def test_labels_cannot_break_a_line() -> None:
    metrics = Metrics()
    metrics.observe("GET", 'a"b\n\\', 200, 0.1)
    assert 'route="a\\"b\\n\\\\"' in metrics.text({})


def test_gauges_stand_with_their_help() -> None:
    text = Metrics().text({"casetrail_records": ("Records held.", 12_345_678.0)})
    assert "# HELP casetrail_records Records held.\n# TYPE casetrail_records gauge\ncasetrail_records 12345678\n" in text
