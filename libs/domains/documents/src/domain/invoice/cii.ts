import { placePoint } from '@autobroker/kernel';
import { payable, type FigureLine, type TaxRow } from './figures';
import type { EInvoice, InvoiceParty } from './e-invoice';
import { optional, writeXml, xml, type Xml } from './xml';

/** What every reader looks for: the whole of EN 16931 and nothing beyond it. */
const guideline = 'urn:cen.eu:en16931:2017';

const namespaces = {
  'xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  'xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
  'xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  'xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
};

/** The invoice in the syntax of UN/CEFACT (CII D16B), as Factur-X and ZUGFeRD put it into a PDF. */
export function writeCii(invoice: EInvoice): string {
  return writeXml(
    xml(
      'rsm:CrossIndustryInvoice',
      [
        xml('rsm:ExchangedDocumentContext', [xml('ram:GuidelineSpecifiedDocumentContextParameter', [xml('ram:ID', guideline)])]),
        xml('rsm:ExchangedDocument', [
          xml('ram:ID', invoice.number),
          xml('ram:TypeCode', invoice.typeCode),
          xml('ram:IssueDateTime', [day('udt', invoice.issuedOn)]),
          ...invoice.notes.filter((note) => note.trim() !== '').map((note) => xml('ram:IncludedNote', [xml('ram:Content', note)])),
        ]),
        xml('rsm:SupplyChainTradeTransaction', [...invoice.figures.lines.map((line, index) => lineItem(invoice, line, index)), agreement(invoice), delivery(invoice), settlement(invoice)]),
      ],
      namespaces,
    ),
  );
}

function lineItem({ items }: EInvoice, line: FigureLine, index: number): Xml {
  const item = items[index];
  if (item === undefined || line.category === null) throw new Error(`line ${index} of the invoice has no name or no category of tax`);
  return xml('ram:IncludedSupplyChainTradeLineItem', [
    xml('ram:AssociatedDocumentLineDocument', [xml('ram:LineID', String(index + 1))]),
    xml('ram:SpecifiedTradeProduct', [
      xml('ram:Name', item.name),
      optional('ram:Description', item.description),
      ...item.facts.map(([name, value]) => xml('ram:ApplicableProductCharacteristic', [xml('ram:Description', name), xml('ram:Value', value)])),
    ]),
    xml('ram:SpecifiedLineTradeAgreement', [xml('ram:NetPriceProductTradePrice', [xml('ram:ChargeAmount', decimal(line.net))])]),
    xml('ram:SpecifiedLineTradeDelivery', [xml('ram:BilledQuantity', '1', { unitCode: 'C62' })]),
    xml('ram:SpecifiedLineTradeSettlement', [
      xml('ram:ApplicableTradeTax', [xml('ram:TypeCode', 'VAT'), xml('ram:CategoryCode', line.category), xml('ram:RateApplicablePercent', decimal(line.rate))]),
      xml('ram:SpecifiedTradeSettlementLineMonetarySummation', [xml('ram:LineTotalAmount', decimal(line.net))]),
    ]),
  ]);
}

function agreement({ seller, sellerContact, buyer, orderNumber }: EInvoice): Xml {
  const contact =
    sellerContact === null
      ? null
      : xml('ram:DefinedTradeContact', [
          xml('ram:PersonName', sellerContact.name),
          sellerContact.phone === null ? null : xml('ram:TelephoneUniversalCommunication', [xml('ram:CompleteNumber', sellerContact.phone)]),
          sellerContact.email === null ? null : xml('ram:EmailURIUniversalCommunication', [xml('ram:URIID', sellerContact.email)]),
        ]);
  return xml('ram:ApplicableHeaderTradeAgreement', [
    xml('ram:BuyerReference', orderNumber),
    party('ram:SellerTradeParty', seller, contact),
    party('ram:BuyerTradeParty', buyer),
    xml('ram:SellerOrderReferencedDocument', [xml('ram:IssuerAssignedID', orderNumber)]),
  ]);
}

function party(name: string, { name: called, address, vatId, taxNumber, registration, email }: InvoiceParty, contact: Xml | null = null): Xml {
  const { line1, line2, postalCode, city, region, country } = address;
  return xml(name, [
    xml('ram:Name', called),
    registration === null ? null : xml('ram:SpecifiedLegalOrganization', [xml('ram:ID', registration)]),
    contact,
    xml('ram:PostalTradeAddress', [
      optional('ram:PostcodeCode', postalCode),
      optional('ram:LineOne', line1),
      optional('ram:LineTwo', line2),
      optional('ram:CityName', city),
      xml('ram:CountryID', country),
      optional('ram:CountrySubDivisionName', region),
    ]),
    email === null ? null : xml('ram:URIUniversalCommunication', [xml('ram:URIID', email, { schemeID: 'EM' })]),
    taxNumber === null ? null : xml('ram:SpecifiedTaxRegistration', [xml('ram:ID', taxNumber, { schemeID: 'FC' })]),
    vatId === null ? null : xml('ram:SpecifiedTaxRegistration', [xml('ram:ID', vatId, { schemeID: 'VA' })]),
  ]);
}

function delivery({ shipTo, deliveredOn }: EInvoice): Xml {
  return xml('ram:ApplicableHeaderTradeDelivery', [
    shipTo === null ? null : party('ram:ShipToTradeParty', { ...shipTo, vatId: null, taxNumber: null, registration: null, email: null }),
    deliveredOn === null ? null : xml('ram:ActualDeliverySupplyChainEvent', [xml('ram:OccurrenceDateTime', [day('udt', deliveredOn)])]),
  ]);
}

function settlement(invoice: EInvoice): Xml {
  const { figures, number, iban, terms, dueOn, preceding } = invoice;
  const { currency } = figures;
  const toPay = figures.due > 0;
  return xml('ram:ApplicableHeaderTradeSettlement', [
    xml('ram:PaymentReference', number),
    xml('ram:InvoiceCurrencyCode', currency),
    iban === null
      ? null
      : xml('ram:SpecifiedTradeSettlementPaymentMeans', [
          // SEPA credit transfer where it is one, else any.
          xml('ram:TypeCode', currency === 'EUR' ? '58' : '30'),
          xml('ram:PayeePartyCreditorFinancialAccount', [xml('ram:IBANID', iban.number), xml('ram:AccountName', iban.holder)]),
          iban.bic === null ? null : xml('ram:PayeeSpecifiedCreditorFinancialInstitution', [xml('ram:BICID', iban.bic)]),
        ]),
    ...figures.taxes.map((row) => taxRow(invoice, row)),
    !toPay && terms === null
      ? null
      : xml('ram:SpecifiedTradePaymentTerms', [optional('ram:Description', terms), !toPay || dueOn === null ? null : xml('ram:DueDateDateTime', [day('udt', dueOn)])]),
    xml('ram:SpecifiedTradeSettlementHeaderMonetarySummation', [
      xml('ram:LineTotalAmount', decimal(figures.net)),
      xml('ram:TaxBasisTotalAmount', decimal(figures.net)),
      xml('ram:TaxTotalAmount', decimal(figures.tax), { currencyID: currency }),
      figures.rounding === 0 ? null : xml('ram:RoundingAmount', decimal(figures.rounding)),
      xml('ram:GrandTotalAmount', decimal(figures.total)),
      figures.prepaid === 0 ? null : xml('ram:TotalPrepaidAmount', decimal(figures.prepaid)),
      xml('ram:DuePayableAmount', decimal(payable(figures) - figures.prepaid)),
    ]),
    ...preceding.map(({ number: earlier, issuedOn }) =>
      xml('ram:InvoiceReferencedDocument', [xml('ram:IssuerAssignedID', earlier), xml('ram:FormattedIssueDateTime', [day('qdt', issuedOn)])]),
    ),
  ]);
}

function taxRow({ exemption }: EInvoice, { category, rate, basis, tax }: TaxRow): Xml {
  return xml('ram:ApplicableTradeTax', [
    xml('ram:CalculatedAmount', decimal(tax)),
    xml('ram:TypeCode', 'VAT'),
    category === 'S' || exemption === null ? null : xml('ram:ExemptionReason', exemption.text),
    xml('ram:BasisAmount', decimal(basis)),
    xml('ram:CategoryCode', category),
    category === 'S' || exemption === null ? null : optional('ram:ExemptionReasonCode', exemption.code),
    xml('ram:RateApplicablePercent', decimal(rate)),
  ]);
}

/** EN 16931 counts in hundredths, and so does every currency of the union but the forint, which is written so as well. */
const decimal = (hundredths: number): string => placePoint(BigInt(hundredths), 2);

const day = (prefix: 'udt' | 'qdt', date: string): Xml => xml(`${prefix}:DateTimeString`, date.replaceAll('-', ''), { format: '102' });
