"""The business terms of EN 16931-1 and where three syntaxes keep them: CII (ZUGFeRD, Factur-X, XRechnung), UBL, FatturaPA.

A path has local names, `//` means anywhere below; what stands in square brackets is a condition of XPath, whose names are local too.
"""
from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from lxml import etree


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its number in the standard, how it is labelled, where it stands, and whether it is a sum of money."""
    number: str
    label: str
    cii: str = ""
    ubl: str = ""
    fattura: str = ""
    money: bool = False


_SUM = "//SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_TOTAL = "LegalMonetaryTotal|RequestedMonetaryTotal"

TERMS = (
    Term("BT-1", "number", "ExchangedDocument|HeaderExchangedDocument/ID", "ID", "//DatiGeneraliDocumento/Numero"),
    Term("BT-2", "Issue date", "ExchangedDocument|HeaderExchangedDocument/IssueDateTime/DateTimeString", "IssueDate", "//DatiGeneraliDocumento/Data"),
    Term("BT-3", "Type code", "ExchangedDocument|HeaderExchangedDocument/TypeCode", "InvoiceTypeCode|CreditNoteTypeCode",
         "//DatiGeneraliDocumento/TipoDocumento"),
    Term("BT-5", "Currency", "//InvoiceCurrencyCode", "DocumentCurrencyCode", "//DatiGeneraliDocumento/Divisa"),
    Term("BT-9", "Payment due date", "//SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString", "DueDate", "//DettaglioPagamento/DataScadenzaPagamento"),
    Term("BT-10", "Buyer reference", "//BuyerReference", "BuyerReference"),
    Term("BT-12", "Contract reference", "//ContractReferencedDocument/IssuerAssignedID|ID", "ContractDocumentReference/ID", "//DatiContratto/IdDocumento"),
    Term("BT-13", "Purchase order", "//*HeaderTradeAgreement|ApplicableSupplyChainTradeAgreement/BuyerOrderReferencedDocument/IssuerAssignedID|ID",
         "OrderReference/ID", "//DatiOrdineAcquisto/IdDocumento"),
    Term("BT-20", "Payment terms", "//SpecifiedTradePaymentTerms/Description", "PaymentTerms/Note"),
    Term("BT-22", "Note", "ExchangedDocument|HeaderExchangedDocument/IncludedNote/Content", "Note", "//DatiGeneraliDocumento/Causale"),
    Term("BT-25", "Preceding invoice", "//InvoiceReferencedDocument/IssuerAssignedID|ID", "BillingReference/InvoiceDocumentReference/ID",
         "//DatiFattureCollegate/IdDocumento"),
    Term("BT-27", "Seller", "//SellerTradeParty/Name", "AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName", "//CedentePrestatore//Denominazione"),
    Term("BT-31", "Seller VAT identifier", "//SellerTradeParty/SpecifiedTaxRegistration/ID[@schemeID='VA']",
         "AccountingSupplierParty/Party/PartyTaxScheme[TaxScheme/ID='VAT']/CompanyID", "//CedentePrestatore//IdFiscaleIVA/IdCodice"),
    Term("BT-44", "Buyer", "//BuyerTradeParty/Name", "AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName",
         "//CessionarioCommittente//Denominazione"),
    Term("BT-48", "Buyer VAT identifier", "//BuyerTradeParty/SpecifiedTaxRegistration/ID[@schemeID='VA']",
         "AccountingCustomerParty/Party/PartyTaxScheme[TaxScheme/ID='VAT']/CompanyID", "//CessionarioCommittente//IdFiscaleIVA/IdCodice"),
    Term("BT-59", "Payee", "//PayeeTradeParty/Name", "PayeeParty/PartyName/Name"),
    Term("BT-72", "Delivery date", "//ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString", "Delivery/ActualDeliveryDate"),
    Term("BT-73", "Period from", "//*HeaderTradeSettlement|ApplicableSupplyChainTradeSettlement/BillingSpecifiedPeriod/StartDateTime/DateTimeString",
         "InvoicePeriod/StartDate"),
    Term("BT-74", "Period to", "//*HeaderTradeSettlement|ApplicableSupplyChainTradeSettlement/BillingSpecifiedPeriod/EndDateTime/DateTimeString",
         "InvoicePeriod/EndDate"),
    Term("BT-84", "Payment account", "//PayeePartyCreditorFinancialAccount/IBANID", "PaymentMeans/PayeeFinancialAccount/ID", "//DettaglioPagamento/IBAN"),
    Term("BT-106", "Sum of lines", f"{_SUM}/LineTotalAmount", f"{_TOTAL}/LineExtensionAmount", money=True),
    Term("BT-107", "Sum of allowances", f"{_SUM}/AllowanceTotalAmount", f"{_TOTAL}/AllowanceTotalAmount", money=True),
    Term("BT-108", "Sum of charges", f"{_SUM}/ChargeTotalAmount", f"{_TOTAL}/ChargeTotalAmount", money=True),
    Term("BT-109", "Total without VAT", f"{_SUM}/TaxBasisTotalAmount", f"{_TOTAL}/TaxExclusiveAmount", money=True),
    Term("BT-110", "Total VAT", f"{_SUM}/TaxTotalAmount", "TaxTotal/TaxAmount", money=True),
    Term("BT-112", "Total with VAT", f"{_SUM}/GrandTotalAmount", f"{_TOTAL}/TaxInclusiveAmount", "//DatiGeneraliDocumento/ImportoTotaleDocumento", money=True),
    Term("BT-113", "Paid amount", f"{_SUM}/TotalPrepaidAmount", f"{_TOTAL}/PrepaidAmount", money=True),
    Term("BT-114", "Rounding", f"{_SUM}/RoundingAmount", f"{_TOTAL}/PayableRoundingAmount", money=True),
    Term("BT-115", "Amount due", f"{_SUM}/DuePayableAmount", f"{_TOTAL}/PayableAmount", "//DettaglioPagamento/ImportoPagamento", money=True),
)

LINES = {"cii": "//IncludedSupplyChainTradeLineItem", "ubl": "InvoiceLine|CreditNoteLine", "fattura": "//DettaglioLinee"}

COLUMNS = (
    Term("BT-126", "Line", "AssociatedDocumentLineDocument/LineID", "ID", "NumeroLinea"),
    Term("BT-155", "Item number", "SpecifiedTradeProduct/SellerAssignedID", "Item/SellersItemIdentification/ID", "CodiceArticolo/CodiceValore"),
    Term("BT-153", "Item", "SpecifiedTradeProduct/Name", "Item/Name", "Descrizione"),
    Term("BT-129", "Quantity", "*TradeDelivery/BilledQuantity", "InvoicedQuantity|CreditedQuantity", "Quantita", money=True),
    Term("BT-130", "Unit", "*TradeDelivery/BilledQuantity/@unitCode", "InvoicedQuantity|CreditedQuantity/@unitCode", "UnitaMisura"),
    Term("BT-146", "Net price", "*TradeAgreement/NetPriceProductTradePrice/ChargeAmount", "Price/PriceAmount", "PrezzoUnitario", money=True),
    Term("BT-152", "VAT per cent", "*TradeSettlement/ApplicableTradeTax/RateApplicablePercent|ApplicablePercent", "Item/ClassifiedTaxCategory/Percent",
         "AliquotaIVA", money=True),
    Term("BT-131", "Line total", "*TradeSettlement/*MonetarySummation/LineTotalAmount", "LineExtensionAmount", "PrezzoTotale", money=True),
)

_STEP = re.compile(r"(//|/)?([^/\[]+)(\[[^\]]*\])?")


@functools.cache
def compiled(path: str) -> etree.XPath:
    """Return a path as XPath without namespaces: `A|B` is either name, `*Agreement` a name with that end, `@x` an attribute."""
    out = "."
    for axis, name, condition in _STEP.findall(path):
        out += axis or "/"
        if name.startswith("@"):
            out += name
            continue
        tests = [f"substring(local-name(), string-length(local-name()) - {len(n) - 2}) = '{n[1:]}'" if n.startswith("*") else f"local-name() = '{n}'"
                 for n in name.split("|")]
        out += f"*[{' or '.join(tests)}]"
        if condition:
            out += condition if "@" in condition else re.sub(r"([A-Za-z]+)(?=[/=\]])", r"*[local-name()='\1']", condition.replace("'", "\0")).replace("\0", "'")
    return etree.XPath(out)


def syntax_of(root: etree._Element) -> str:
    """Return in which syntax a tree is an invoice, "" when it is none that is known."""
    name = etree.QName(root)
    if name.localname in ("CrossIndustryInvoice", "CrossIndustryDocument"):
        return "cii"
    if name.localname in ("Invoice", "CreditNote") and "ubl" in (name.namespace or ""):
        return "ubl"
    return "fattura" if name.localname == "FatturaElettronica" else ""


def found(root: etree._Element, term: Term, syntax: str) -> list[etree._Element | str]:
    """Return the elements (or values of attributes) that hold a term."""
    path = {"cii": term.cii, "ubl": term.ubl, "fattura": term.fattura}[syntax]
    if not path:
        return []
    result = compiled(path)(root)
    return [r for r in result if isinstance(r, (etree._Element, str))] if isinstance(result, list) else []
