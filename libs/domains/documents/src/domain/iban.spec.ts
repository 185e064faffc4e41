import { hasItsCheckDigits } from './iban';

it('an account has the check digits of its number', () => {
  expect(['DE89370400440532013000', 'DE02120300000000202051', 'IT60X0542811101000000123456', 'GB29NWBK60161331926819', 'NO9386011117947'].filter((iban) => !hasItsCheckDigits(iban))).toEqual([]);
  expect(['DE00370400440532013000', 'DE89370400440532013001', 'DE89370400440532031000'].filter(hasItsCheckDigits)).toEqual([]);
});
