# The image of the API, the worker and the set-up jobs. Production pins the base by digest too: --build-arg PYTHON_IMAGE=python:…@sha256:…
ARG PYTHON_IMAGE=python:3.11.14-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
# Another index: --build-arg PIP_INDEX_URL=…
ARG PIP_INDEX_URL
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/casetrail
COPY . .
RUN /opt/casetrail/bin/pip install -c constraints.txt '.[unstructured,heic]'

FROM ${PYTHON_IMAGE}
RUN apt-get update \
 && apt-get install -y --no-install-recommends libmagic1 libarchive-tools tesseract-ocr tesseract-ocr-eng tesseract-ocr-deu \
    tesseract-ocr-fra tesseract-ocr-spa tesseract-ocr-osd \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin casetrail \
 && install -d -o casetrail -g casetrail -m 0700 /var/lib/casetrail /var/spool/casetrail
COPY --from=build /opt/casetrail /opt/casetrail
COPY deploy/*.py /opt/casetrail/deploy/
ENV PATH=/opt/casetrail/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOME=/var/lib/casetrail CASETRAIL_HOME=/var/lib/casetrail TMPDIR=/var/spool/casetrail
WORKDIR /var/lib/casetrail
USER 10001:10001
VOLUME ["/var/lib/casetrail", "/var/spool/casetrail"]
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["python", "/opt/casetrail/deploy/healthy_api.py"]
ENTRYPOINT ["casetrail"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
