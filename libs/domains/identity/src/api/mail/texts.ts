import type { MailKind } from '../../application/identity-mail';

/** Subject, text and (where there is something to do) the portal's page for it. `{broker}` is filled in. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly path?: string;
}

const pages: Partial<Record<MailKind, string>> = {
  verify_email: '/verify-email',
  reset_password: '/reset-password',
  change_email: '/confirm-email',
  invitation: '/accept-invitation',
};

type Texts = Record<MailKind, readonly [subject: string, text: string]>;

const en: Texts = {
  verify_email: ['Confirm your e-mail address', 'Welcome to {broker}. Please confirm your address within 24 hours. If you did not register, ignore this mail.'],
  already_registered: ['You already have an account', 'Somebody, probably you, tried to register at {broker} with this address. You have an account: sign in, or reset your password.'],
  reset_password: ['Set a new password', 'Somebody, probably you, asked to reset the password at {broker}. The link is good for one hour. If it was not you, ignore this mail.'],
  password_changed: ['Your password was changed', 'Your password at {broker} was changed and other sessions were ended. If this was not you, reset it at once.'],
  change_email: ['Confirm your new e-mail address', 'Please confirm that this is your new address at {broker}. The link is good for 24 hours.'],
  email_changed: ['Your e-mail address was changed', 'Your account at {broker} has another e-mail address now. If this was not you, tell us at once.'],
  invitation: ['You are invited', '{broker} invites you to join. The link is good for seven days.'],
  mfa_enabled: ['Second factor set up', 'Signing in at {broker} now asks for a code of your authenticator app.'],
  mfa_disabled: ['Second factor taken down', 'Signing in at {broker} no longer asks for a code. If this was not you, change your password at once.'],
  export_ready: ['Your data is ready', 'The file with your data at {broker} can be downloaded from your profile.'],
};

const de: Texts = {
  verify_email: ['Bestätigen Sie Ihre E-Mail-Adresse', 'Willkommen bei {broker}. Bitte bestätigen Sie Ihre Adresse binnen 24 Stunden. Wenn Sie sich nicht registriert haben, ist nichts zu tun.'],
  already_registered: ['Sie haben bereits ein Konto', 'Jemand, vermutlich Sie, wollte sich bei {broker} mit dieser Adresse registrieren. Sie haben schon ein Konto: Melden Sie sich an, oder setzen Sie Ihr Passwort zurück.'],
  reset_password: ['Neues Passwort setzen', 'Jemand, vermutlich Sie, möchte das Passwort bei {broker} zurücksetzen. Der Link gilt eine Stunde. Wenn Sie es nicht waren, ist nichts zu tun.'],
  password_changed: ['Ihr Passwort wurde geändert', 'Ihr Passwort bei {broker} wurde geändert, andere Sitzungen wurden beendet. Wenn Sie es nicht waren, setzen Sie es sofort zurück.'],
  change_email: ['Bestätigen Sie Ihre neue E-Mail-Adresse', 'Bitte bestätigen Sie, dass dies Ihre neue Adresse bei {broker} ist. Der Link gilt 24 Stunden.'],
  email_changed: ['Ihre E-Mail-Adresse wurde geändert', 'Ihr Konto bei {broker} hat jetzt eine andere E-Mail-Adresse. Wenn Sie es nicht waren, sagen Sie uns sofort Bescheid.'],
  invitation: ['Sie sind eingeladen', '{broker} lädt Sie ein, mitzuarbeiten. Der Link gilt sieben Tage.'],
  mfa_enabled: ['Zweiter Faktor eingerichtet', 'Die Anmeldung bei {broker} verlangt jetzt einen Code Ihrer Authenticator-App.'],
  mfa_disabled: ['Zweiter Faktor entfernt', 'Die Anmeldung bei {broker} verlangt keinen Code mehr. Wenn Sie es nicht waren, ändern Sie sofort Ihr Passwort.'],
  export_ready: ['Ihre Daten liegen bereit', 'Die Datei mit Ihren Daten bei {broker} kann in Ihrem Profil heruntergeladen werden.'],
};

const it: Texts = {
  verify_email: ['Conferma il tuo indirizzo e-mail', 'Benvenuto da {broker}. Conferma il tuo indirizzo entro 24 ore. Se non ti sei registrato, ignora questo messaggio.'],
  already_registered: ['Hai già un account', 'Qualcuno, probabilmente tu, ha provato a registrarsi da {broker} con questo indirizzo. Hai già un account: accedi o reimposta la password.'],
  reset_password: ['Imposta una nuova password', 'Qualcuno, probabilmente tu, ha chiesto di reimpostare la password da {broker}. Il link vale un’ora. Se non sei stato tu, ignora questo messaggio.'],
  password_changed: ['La tua password è stata cambiata', 'La tua password da {broker} è stata cambiata e le altre sessioni sono terminate. Se non sei stato tu, reimpostala subito.'],
  change_email: ['Conferma il nuovo indirizzo e-mail', 'Conferma che questo è il tuo nuovo indirizzo da {broker}. Il link vale 24 ore.'],
  email_changed: ['Il tuo indirizzo e-mail è stato cambiato', 'Il tuo account da {broker} ha ora un altro indirizzo e-mail. Se non sei stato tu, avvisaci subito.'],
  invitation: ['Sei invitato', '{broker} ti invita a partecipare. Il link vale sette giorni.'],
  mfa_enabled: ['Secondo fattore attivato', 'L’accesso a {broker} richiede ora un codice della tua app di autenticazione.'],
  mfa_disabled: ['Secondo fattore rimosso', 'L’accesso a {broker} non richiede più un codice. Se non sei stato tu, cambia subito la password.'],
  export_ready: ['I tuoi dati sono pronti', 'Il file con i tuoi dati da {broker} può essere scaricato dal tuo profilo.'],
};

const languages: Readonly<Record<string, Texts>> = { en, de, it };

export function mailText(kind: MailKind, locale: string): MailText {
  const [subject, text] = (languages[locale] ?? en)[kind];
  const path = pages[kind];
  return { subject, text, ...(path === undefined ? {} : { path }) };
}
