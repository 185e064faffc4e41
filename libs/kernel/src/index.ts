export { err, ok, Result, UnwrapError, type Err, type Ok } from './result';
export { refusal, refuse, type FieldRefusal, type Refusal, type RefusalMore } from './refusal';
export { ManualClock, SystemClock, type Clock } from './clock';
export { dayIn, usualTimeZone } from './day';
export { isUuid, isUuidv7, timeOfUuid, uuidv7, uuidv7Floor } from './uuid';
export {
  currencyByNumericCode,
  currencyCodes,
  exponentOf,
  isCurrencyCode,
  numericCodeOf,
  type CurrencyCode,
  type CurrencyExponent,
} from './money/currency';
export { placePoint, Rational, type RationalLike, type Rounding } from './money/rational';
export { CurrencyMismatchError, Money, MoneyAmountError, type MoneyJson } from './money/money';
export { type MoneyFormat } from './money/format';
export { type MoneyParseCode } from './money/parse';
export * from './vehicle-vocabulary';
export * from './sale-vocabulary';
export { crossesBorder, isOwnTax, isRateOf, rateAt, rateOf, saleTax, taxedInside, taxParts, treatmentOf, vatTreatments, type SaleTax, type SaleTerms, type TaxedParty, type TaxParts, type VatTreatment } from './sale-tax';
export { isCountryCode } from './country';
export { euCountries, isNewTransport, netOfTax, rateByTax, standardVatRate, standardVatRates, taxedSum, taxOn, type CarAge, type TaxedSum } from './vat';
export { Duration, type DurationParts, type DurationText } from './duration';
export { assert, assertNever } from './assert';
export { Seen } from './seen';
export { deepFreeze, type DeepReadonly } from './freeze';
export { StateMachineDefinitionError } from './state-machine/check';
export {
  defineStateMachine,
  StateMachine,
  type Asking,
  type Choice,
  type Deadline,
  type MachineRefusalCode,
  type RefusedChoice,
  type StateOf,
  type TriggerOf,
} from './state-machine/machine';
export { explore, type Exploration, type Fault, type Model, type Step } from './state-machine/explore';
export { type GuardRow, type MachineTable, type StateRow, type Transition, type TransitionRow } from './state-machine/table';
export { Vin, type VinCode, type VinDecoded, type VinOptions } from './vin/vin';
export { decodeModelYear, type ModelYear } from './vin/model-year';
export { type VinRegion } from './vin/region';
export { allWmis, lookUpMaker, lookUpWmi, type WmiEntry } from './vin/wmi/table';
