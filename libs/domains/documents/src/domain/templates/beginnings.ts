import type { Template } from '../paper/template';
import { words } from '../paper/words';

export const quote: Template = {
  kind: 'quote',
  version: 0,
  settings: {},
  blocks: [
    { block: 'text', text: 'intro', size: 'lead' },
    { block: 'parties', roles: ['buyer', 'broker'] },
    { block: 'facts', title: 'vehicle', fields: ['vehicle.name', 'vehicle.vin', 'vehicle.first_registration', 'vehicle.mileage', 'vehicle.owners', 'vehicle.colour', 'vehicle.condition', 'vehicle.damage', 'vehicle.features'] },
    { block: 'heading', text: 'price' },
    { block: 'price' },
    { block: 'facts', fields: ['quote.valid_until', 'order.capacity'] },
    { block: 'note', text: 'terms' },
  ],
  texts: {
    intro: words(
      'Thank you for your interest. This is what the vehicle costs until it stands in front of your door, everything that is due included.',
      'Vielen Dank für Ihr Interesse. So viel kostet das Fahrzeug, bis es vor Ihrer Tür steht – mit allem, was fällig wird.',
      'Grazie per il Suo interesse. Ecco quanto costa il veicolo fino alla consegna, comprese tutte le somme dovute.',
    ),
    vehicle: words('The vehicle', 'Das Fahrzeug', 'Il veicolo'),
    price: words('What it costs', 'Was es kostet', 'Il prezzo'),
    terms: words(
      'The price is binding until the day named above and for the vehicle as described. Before the reservation the offer is checked once more; if it has changed, nothing is due. Taxes are those of the day of the quote.',
      'Der Preis ist bis zum genannten Tag und für das beschriebene Fahrzeug verbindlich. Vor der Reservierung wird das Angebot noch einmal geprüft; hat es sich geändert, ist nichts fällig. Steuern nach dem Stand des Angebotstages.',
      'Il prezzo è vincolante fino al giorno indicato e per il veicolo descritto. Prima della prenotazione l’offerta viene verificata ancora una volta; se è cambiata, nulla è dovuto. Le imposte sono quelle del giorno del preventivo.',
    ),
  },
};

export const depositReceipt: Template = {
  kind: 'deposit_receipt',
  version: 0,
  settings: {},
  blocks: [
    { block: 'text', text: 'intro', size: 'lead' },
    { block: 'parties', roles: ['buyer', 'broker'] },
    { block: 'facts', title: 'payment', fields: ['payment.amount', 'payment.method', 'payment.state', 'payment.hold_expires', 'payment.at', 'payment.reference'] },
    { block: 'facts', title: 'vehicle', fields: ['vehicle.name', 'vehicle.vin', 'price.total', 'price.balance'] },
    { block: 'heading', text: 'refunds' },
    { block: 'text', text: 'refunds_intro' },
    { block: 'refunds' },
    { block: 'note', text: 'hold' },
  ],
  texts: {
    intro: words(
      'We have received your deposit. The vehicle is reserved for you and is offered to nobody else.',
      'Ihre Anzahlung ist eingegangen. Das Fahrzeug ist für Sie reserviert und wird niemand anderem angeboten.',
      'Abbiamo ricevuto il Suo acconto. Il veicolo è prenotato a Suo nome e non viene offerto ad altri.',
    ),
    payment: words('The payment', 'Die Zahlung', 'Il pagamento'),
    vehicle: words('The vehicle', 'Das Fahrzeug', 'Il veicolo'),
    refunds: words('What goes back, and when', 'Was wann erstattet wird', 'Che cosa viene restituito, e quando'),
    refunds_intro: words(
      'If the sale ends before delivery, this share of what you have paid goes back, by stage and by cause.',
      'Endet der Kauf vor der Übergabe, wird je nach Stand und Ursache dieser Anteil Ihrer Zahlungen erstattet.',
      'Se la vendita si interrompe prima della consegna, questa quota di quanto versato viene restituita, secondo la fase e la causa.',
    ),
    hold: words(
      'An amount that is only held is not taken from your account before the purchase contract is concluded or the hold would end. What is to go back does so within 14 days, by the means of payment that you used.',
      'Ein nur vorgemerkter Betrag wird Ihrem Konto erst belastet, wenn der Kaufvertrag geschlossen ist oder die Vormerkung sonst enden würde. Erstattungen erfolgen binnen 14 Tagen auf demselben Zahlungsweg.',
      'Un importo soltanto vincolato non viene addebitato prima della conclusione del contratto o della scadenza del vincolo. I rimborsi avvengono entro 14 giorni con lo stesso mezzo di pagamento.',
    ),
  },
};
