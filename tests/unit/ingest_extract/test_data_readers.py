"""XML, electronic invoices, JSON and books: built here, held to what was put in."""
from __future__ import annotations

import io

import pytest
from builders import office

from archive.model.extracted import Child, Extracted, Identified, Unread
from archive.model.outcome import Done, Failed
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.given import Given
from ingest.identify import identify


def read(content: bytes, name: str = "x", format_name: str = "") -> tuple[Identified, list[Child | Unread], Extracted]:
    given = Given(name)
    identified = Identified(format_name, "x/y", "signature") if format_name else identify(Content(data=content), given)
    return identified, *read_whole(Work(Content(data=content), identified, given, Limits()))


# ---------------------------------------------------------------- XML

def test_xml_elements_are_lines_with_their_names_and_running_text_runs() -> None:
    _, _, read_ = read(b'<?xml version="1.0"?><order id="7"><number>A-1</number><note>Call <b>Ann</b> first.</note><empty/>'
                       b'<sum currency="EUR">10.50</sum></order>')
    assert read_.text == "order (id 7)\nnumber: A-1\nCall Ann first.\nsum: 10.50 (currency EUR)\n" and read_.metadata["xml:root"] == "order"


def test_no_entity_is_resolved_and_nothing_is_fetched() -> None:
    _, _, read_ = read(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "aaaa"><!ENTITY z "&y;&y;&y;">]>'
                       b'<a><b>x &x; &z; y</b></a>')
    assert "root:" not in read_.text and "aaaa" not in read_.text


def test_xml_without_one_root_is_read_and_said_to_be_broken() -> None:
    _, _, read_ = read(b"Terms & conditions\nThe provider <ter1>may end the contract</ter1> at any time.\n", "x.xml", "xml")
    assert "The provider may end the contract at any time." in read_.text and "<ter1>" not in read_.text
    assert isinstance(read_.outcome, Done) and "broken" in read_.outcome.note


# ---------------------------------------------------------------- electronic invoices

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"><cbc:ID>471102</cbc:ID><cbc:IssueDate>2018-03-05</cbc:IssueDate>
<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cac:AccountingSupplierParty><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>DE123456789</cbc:CompanyID>
<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>Lieferant GmbH</cbc:RegistrationName>
</cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty><cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity>
<cbc:RegistrationName>Kunden AG</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
<cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="EUR">473</cbc:TaxExclusiveAmount><cbc:PayableAmount currencyID="EUR">529.87</cbc:PayableAmount>
</cac:LegalMonetaryTotal><cac:{line}><cbc:ID>1</cbc:ID><cbc:{quantity} unitCode="H87">20</cbc:{quantity}>
<cbc:LineExtensionAmount currencyID="EUR">198.00</cbc:LineExtensionAmount><cac:Item><cbc:Name>Folder</cbc:Name></cac:Item></cac:{line}></{root}>"""

CII = """<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:udt="urn:u"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"><rsm:ExchangedDocument><ram:ID>RE-7</ram:ID>
<ram:TypeCode>381</ram:TypeCode><ram:IssueDateTime><udt:DateTimeString format="102">20240318</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Seller Ltd</ram:Name></ram:SellerTradeParty>
<ram:BuyerTradeParty><ram:Name>Buyer Ltd</ram:Name></ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeSettlement>
<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode><ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">20240417
</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms><ram:SpecifiedTradeSettlementHeaderMonetarySummation>
<ram:GrandTotalAmount>119.00</ram:GrandTotalAmount><ram:DuePayableAmount>119.00</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""


@pytest.mark.parametrize(("root", "title"), [("Invoice", "Invoice"), ("CreditNote", "Credit note")])
def test_ubl_gives_its_terms_by_number_and_its_sums_as_numbers(root: str, title: str) -> None:
    line = "InvoiceLine" if root == "Invoice" else "CreditNoteLine"
    xml = UBL.format(root=root, line=line, quantity="InvoicedQuantity" if root == "Invoice" else "CreditedQuantity")
    identified, _, read_ = read(xml.encode(), "x.xml")
    assert identified.format == "einvoice" and identified.basis == "structure"
    wanted = {"BT-1": "471102", "BT-2": "2018-03-05", "BT-5": "EUR", "BT-27": "Lieferant GmbH", "BT-31": "DE123456789", "BT-44": "Kunden AG",
              "BT-109": "473", "BT-115": "529.87"}
    assert {key: read_.metadata.get(key) for key in wanted} == wanted
    assert read_.text.startswith(f"{title} number: 471102\n") and "Amount due: 529.87 EUR\n" in read_.text and read_.subject == f"{title} 471102"
    lines, totals = read_.tables
    assert [c.value for c in lines.rows[1]] == ["1", "Folder", 20, "H87", 198.0]
    assert [[c.value for c in row] for row in totals.rows] == [["Total without VAT", 473], ["Amount due", 529.87]]
    assert all(str(c.value) in read_.text[c.start:c.end] or c.value == 198.0 for table in read_.tables for row in table.rows for c in row)
    assert [(p.role, p.name) for p in read_.participants] == [("from", "Lieferant GmbH"), ("to", "Kunden AG")]


def test_cii_days_are_written_as_days_and_its_credit_note_is_one() -> None:
    identified, _, read_ = read(CII.encode(), "x.xml")
    assert identified.format == "einvoice"
    assert read_.text.startswith("Credit note number: RE-7\nIssue date: 2024-03-18\n") and read_.metadata["BT-9"] == "2024-04-17"
    assert read_.metadata["BT-112"] == "119.00"


def test_invoice_inside_a_pdf_is_a_child_and_is_read() -> None:
    from pypdf import PdfWriter
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_attachment("factur-x.xml", CII.encode())
    out = io.BytesIO()
    writer.write(out)
    _, members, _ = read(out.getvalue(), "x.pdf")
    child = members[0]
    assert isinstance(child, Child) and child.inner == "factur-x.xml"
    assert read(child.content, child.inner)[2].metadata["BT-1"] == "RE-7"


# ---------------------------------------------------------------- JSON, books, workbooks

def test_json_stands_as_it_is_unless_it_is_packed_or_escaped() -> None:
    plain = '{\n "name": "Grüße"\n}'
    assert read(plain.encode(), "x.json")[2].text == plain
    packed = '{"name":"Gr\\u00fc\\u00dfe \\ud83d\\ude00","list":[1.50,{"a":null}],"quote":"a \\"b\\""}'
    text = read(packed.encode(), "x.json", "json")[2].text
    assert text.split("\n") == ["{", '  "name": "Grüße 😀",', '  "list": [', "    1.50,", "    {", '      "a": null', "    }", "  ],",
                                '  "quote": "a "b""', "}"]


def test_book_is_read_in_the_order_of_its_spine() -> None:
    opf = ('<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Terms</dc:title></metadata>'
           '<manifest>'
           '<item id="a" href="b.xhtml"/><item id="b" href="a.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>')
    book = office.zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": '<container><rootfile full-path="in/c.opf"/></container>',
                          "in/c.opf": opf,
                          "in/a.xhtml": "<html><p>Second</p></html>", "in/b.xhtml": "<html><p>First</p></html>"})
    _, _, read_ = read(book)
    assert [read_.text[p.start:p.end] for p in read_.pages] == ["First", "Second"] and read_.subject == "Terms"


def test_shares_in_an_odf_workbook_are_kept_and_shown_as_per_cent() -> None:
    cell = '<table:table-cell office:value-type="{0}" office:value="{1}"><text:p>{1}</text:p></table:table-cell>'
    row = f'<table:table-row>{cell.format("percentage", "0.781")}{cell.format("float", "12")}</table:table-row>'
    book = office.odf(f'<table:table table:name="Q4">{row}</table:table>', kind="spreadsheet")
    _, _, read_ = read(book)
    first, second = read_.tables[0].rows[0]
    assert (first.value, first.percent, read_.text[first.start:first.end]) == (0.781, True, "78.1%") and (second.value, second.percent) == (12, False)


def test_locked_workbook_opens_with_its_password_alone() -> None:
    import openpyxl
    from msoffcrypto.format.ooxml import OOXMLFile
    book = openpyxl.Workbook()
    book.active.append(["Sealed", 41])
    plain, locked = io.BytesIO(), io.BytesIO()
    book.save(plain)
    plain.seek(0)
    OOXMLFile(plain).encrypt("letmein", locked)

    def given(*passwords: str) -> Extracted:
        work_given = Given("x.xlsx", passwords=passwords)
        content = Content(data=locked.getvalue())
        return read_whole(Work(content, identify(content, work_given), work_given, Limits()))[1]

    assert isinstance(given("wrong").outcome, Failed)
    assert given("letmein").tables[0].rows[0][1].value == 41
