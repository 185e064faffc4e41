import { type CapturedFieldName } from '@autobroker/contracts';

/** What a key of somebody's JSON stands for. Compared without case and signs: `fuel_type`, `fuelType` and `FuelType` are one. */
const written: { readonly [field in CapturedFieldName | 'id' | 'url']?: string } = {
  id: 'id listingid adid adpk vehicleid itemid legacyitemid inventorylistingid lotnumber lotnumberstr ln uuid guid offerid classifiedid carid advertid listinguuid inventoryid externalid resourceid postid productid ownadid',
  url: 'url href link detailurl vdpurl listingurl permalink weburl itemweburl detailpageurl canonicalurl seourl shareurl relativeurl pageurl detaillink vdplink detailhref targeturl adurl absoluteurl vdphref detailspageurl relativedetailurl itemurl producturl listinghref fpalink vdpurlpath sharelink reluri',
  title: 'title headline heading listingtitle subject ld marketplacelistingtitle vehicletitle adtitle displaytitle shorttitle longtitle pagetitle vehicledescriptionshort titel titre titolo titulo name listingheadline makemodel vehiclename',
  make: 'make makename makedisplayname brand brandname manufacturer makedescription vehiclemake carmake marke hersteller marque marca mkn makelabel maketext vehiclemakedisplayname brandlabel manufacturername makevalue',
  model: 'model modelname modeldisplayname vehiclemodel carmodel modell modele modelo modello modeldescription mmod lmg lm modellabel modeltext modelgroup vehiclemodeldisplayname modelline modelrange',
  trim: 'trim trimname trimlevel version variant modelversion modelversioninput derivative ausstattungslinie finition allestimento trimdescription trimlabel variantname subtitle modeldescriptionlong vehicletrim vehicletrimdisplayname submodel derivativename vehicleconfiguration trimdisplayname mtrim',
  year: 'year modelyear vehicleyear baujahr annee anno ano bouwjaar rok rocznik caryear lcy yearofmanufacture manufactureyear constructionyear registrationyear vehiclemodeldate firstregistrationyear productionyear yearbuilt modeldate rokprodukcji regyear',
  first_registration: 'firstregistration firstregistrationdate erstzulassung datefirstregistered datevehiclefirstregistered immatricolazione premiereimmatriculation datepremiereimmatriculation primeraimatriculacion matriculacion firstreg ez registrationdate firstregistrationraw primaimmatricolazione',
  mileage: 'mileage mileageinkm mileagefromodometer odometer odometervalue odometerreading miles milage kilometer kilometers kilometre kilometres kilometrage km kilometerstand laufleistung chilometraggio kms kilometros kilometraje przebieg vehiclemileage orr mileagekm mileagemiles odo tellerstand odometerinmiles mileageraw mileageinkmraw mileagevalue odometerdisplay mileageinmiles vehicleodometerdata unitmileage',
  mileage_unit: 'mileageunit odometerunit unitofmileage mileageunitofmeasure distanceunit',
  currency: 'currency currencycode pricecurrency currencyiso isocurrency cuc currencysymbol waehrung devise moneda valuta',
  fuel: 'fuel fueltype fuelcategory kraftstoff kraftstoffart carburant energie alimentazione combustible brandstof paliwo fueltypename ft fuelname primaryfuel vehiclefueltype fueldescription fueltypedescription enginefueltype',
  gearbox: 'transmission gearbox transmissiontype getriebe getriebeart boite boitedevitesse cambio transmision versnelling transmissionname transmissiondescription tmtp transmissionlabel vehicletransmissiontype vehicletransmission gearboxtype skrzyniabiegow',
  drivetrain: 'drivetrain drivetype drivewheelconfiguration antrieb drv drivetraindescription drivetrainname wheeldrive driveline drivetraintype drivewheel',
  body: 'bodytype bodystyle bodystylename karosserie karosserieform carrosserie carrozzeria carroceria bstl bodytypename bodystyles vehiclebodytype nadwozie aufbauart bodyform bodytypelabel',
  power: 'power powerinkw kw horsepower hp leistung puissance enginepower potenza potencia powerkw powerhp vermogen moc poweringkw rawpowerinkw bhp',
  engine: 'engine enginename enginedescription egn enginedisplay motor enginetype enginelabel motorisierung enginedisplayname enginesummary',
  displacement: 'displacement enginesize enginedisplacement hubraum cylindree cubiccapacity ccm enginecapacity cilindrata displacementinccm rawdisplacementinccm cilindrada engineccm enginesizeinlitres',
  doors: 'doors numberofdoors doorcount tueren portes porte puertas deuren numdoors drzwi',
  seats: 'seats numberofseats seatingcapacity vehicleseatingcapacity sitze places seatcount maxseating',
  color: 'color colour exteriorcolor exteriorcolour farbe bodycolor bodycolour couleur colore paintcolor clr exteriorcolorname normalizedexteriorcolor vehicleexteriorcolor extcolor kleur kolor aussenfarbe exteriorcolordescription bodycolorname exteriorcolorsimple colourname exteriorcolorlabel',
  interior_color: 'interiorcolor interiorcolour interiorcolorname vehicleinteriorcolor intcolor innenfarbe interiorcolordescription upholsterycolor',
  vin: 'vin vehicleidentificationnumber fin vehiclevin vinnumber vehicleidentificationno chassisnumber fv',
  stock_number: 'stocknumber stockno stocknum stock stockid interneenummer stk dealerstocknumber offernumber offerreference',
  owners: 'owners numberofpreviousowners previousowners ownercount numberofowners vorbesitzer halter noofpreviousowners previousownercount vehiclenumberofowners nrprevowners',
  description: 'description descriptiontext vehicledescription sellercomments dealercomments sellernotes beschreibung redacteddescription longdescription notes comments descriptionhtml sellerdescription dealercomment dealerdescription',
  city: 'city cityname town addresslocality dealercity locality ort ville comune loccity localityname sellercity',
  region: 'state province statecode addressregion bundesland stateprovince locstate region regionname statename stateorprovince provincename sellerstate dealerstate',
  postal_code: 'zip zipcode postalcode postcode plz codepostal cap dealerzip locationzip',
  country: 'country countrycode addresscountry loccountry countryiso',
  latitude: 'latitude lat',
  longitude: 'longitude lng lon long',
  images: 'images photos pictures imageurls imageurl photourls media gallery tims image thumbnail photourl mainimage primaryphoto photo listingphotos imagelist originalpictureurl additionalimages pictureurls',
  seller_kind: 'sellertype dealertype isdealer sellerkind isprivate issellerdealer selleraccounttype customertype',
  damage: 'damage dd primarydamage damagedescription damagetype primarydamagedescription',
  secondary_damage: 'sdd secondarydamage secondarydamagedescription',
  title_status: 'titlestatus titletype tgd titlebrand documenttype titledescription saledocument vehicletitlestatus td titlecode salestitlename',
  keys: 'haskeys hk keys keyspresent',
  run_and_drive: 'runanddrive lcd startcode rundrive startsanddrives runsanddrives',
  auction_ends_at: 'auctiondate auctionends auctionendtime saledate ad auctiontime endtime auctionenddate auctiondatetime itemenddate',
  current_bid: 'currentbid highbid hb currenthighbid currentbidprice currentbidamount bidamount',
  buy_now_price: 'buynowprice bnp buyitnowprice buytodaybid buynowamount',
  estimated_value: 'acv actualcashvalue estimatedretailvalue estretailvalue la estimatedvalue',
  lot_number: 'lotnumber ln lotnumberstr lot',
  features: 'features equipment options featurelist ausstattung equipments featureslist standardfeatures highlights keyfeatures',
  condition: 'condition itemcondition newused vehiclecondition newusedflag conditiontype offertype inventorytype listingtype vehiclecondition stocktype',
  listed_at: 'listedat datelisted dateposted creationdate publishdate postedat listingdate firstpublished creationtime createdat itemcreationdate publishedat datecreated',
  status: 'listingstatus availability issold sold ispending itemstatus adstatus availabilitystatus',
};

export type KeyMeaning = CapturedFieldName | 'id' | 'url';

/** Keys that mean their field only beside others of the same kind: the short ones of one auction's API. */
export const shortKeys: ReadonlySet<string> = new Set('ln ld mkn mmod lmg lm lcy orr tims dd sdd td tgd fv la bnp hb hk lcd ad cuc ft tmtp drv bstl clr egn'.split(' '));

export const keyMeanings: ReadonlyMap<string, KeyMeaning> = new Map(
  Object.entries(written).flatMap(([field, keys]) => keys.split(' ').map((key): [string, KeyMeaning] => [key, field as KeyMeaning])),
);

/** How early a field's key stands in its list: what says it better comes first. */
export const keyRank: ReadonlyMap<string, number> = new Map(Object.values(written).flatMap((keys) => keys.split(' ').map((key, at): [string, number] => [key, at])));

export const normalKey = (key: string): string => key.toLowerCase().replace(/[^a-z0-9\u00c0-\u024f]/gu, '');

/** Keys that only carry the value of the key above. */
export const carriers: ReadonlySet<string> = new Set(
  'name value label displayname text raw amount formatted localized display content title displayvalue formattedvalue description valueraw numericvalue shortname longname en de fr it es nl pl usd localizedvalue originalvalue makename modelname trimname code type valuedisplay formattedamount withoffset amountwithoutcurrency unformatted'.split(' '),
);

/** A price as a key calls it: what it costs in all; or what may be that when nothing else says so. */
export const totalPrice: ReadonlySet<string> = new Set(
  'price priceamount saleprice askingprice sellingprice internetprice currentprice advertisedprice finalprice listingprice priceraw publicprice consumerprice grossprice kaufpreis verkaufspreis preis prix prezzo precio prijs cena pricevalue totalprice priceformatted formattedprice displayprice pricelabel pricetext consumerpricegross consumerpriceamount grossamount consumerpricelocalized pricegross publicpriceraw pricenumeric priceinfo pricing pricedetail pricingdetail prices vehicleprice carprice priceunformatted parsedprice pricecents priceincents'.split(' '),
);
export const secondPrice: ReadonlySet<string> = new Set('listprice retailprice dealerprice ourprice derivedprice amount publicretailprice'.split(' '));

/** A place in the JSON that holds other money, other cars, or what somebody searched for. */
export const elsewhere =
  /financ|leas|loan|month|payment|msrp|tradein|valuation|previous|history|market|average|shipping|delivery|deposit|insuranc|subscri|rental|filter|facet|similar|recommend|related|suggest|alternativ|strik|discount|saving|reduc|drop|minim|maxim|range|budget|invoice|evaluation|analytics(?!.*vehicle)|breadcrumb|advert(?:s|isement)|promo|banner|warranty|seo|(?<!inter)net(?:price|amount)|priceexclud|without|bid|reserve|originalprice|wasprice|oldprice|beforeprice|crossedout|compar|recently|competitor|moreads|otherads|dealerrating|review|experts?|research|estimated|incentive|rebate|priceper|perkm|taxes|fees?$|carbudget|offerprice|threshold|badge/u;

/** Places that repeat the listing for those who count visitors: good where nothing else says it. */
export const weakPlace = /^(?:tracking|analytics|ad(?:targeting|vertcontext)|datalayer|gtm|ga4|utag|digitaldata|rawdata|rawvalues|seo)/u;

/** Short keys that one marketplace writes side by side. */
export const shortAttributes: ReadonlyMap<string, KeyMeaning> = new Map<string, KeyMeaning>([
  ['ml', 'mileage'], ['ft', 'fuel'], ['tr', 'gearbox'], ['fr', 'first_registration'], ['pw', 'power'], ['cc', 'displacement'],
  ['cn', 'country'], ['z', 'postal_code'], ['loc', 'city'], ['door', 'doors'], ['sc', 'seats'], ['c', 'body'], ['ecol', 'color'], ['con', 'condition'],
]);
