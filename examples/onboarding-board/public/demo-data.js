import { isoDay } from '/ui/model.js';

// company, contact, plan, stage, health, start (days from today), notes, archived
const ROWS = [
  ['Northwind Bakery', 'ops@northwind-bakery.example', 'Growth', 'new', 'On track', 6, 'Wants the import from spreadsheets shown in the first call.'],
  ['Copperfield Legal', 'it@copperfield.example', 'Enterprise', 'new', 'At risk', 11, 'Security questionnaire is still open.'],
  ['Tidepool Analytics', 'hello@tidepool.example', 'Starter', 'new', 'On track', 19, ''],
  ['Larkspur Clinics', 'admin@larkspur.example', 'Enterprise', 'kickoff', 'On track', -3, 'Kickoff done, roles are agreed.'],
  ['Brightloom Textiles', 'team@brightloom.example', 'Growth', 'kickoff', 'On track', 2, ''],
  ['Fennel & Rye', 'hi@fennelrye.example', 'Starter', 'kickoff', 'Blocked', -9, 'No answer for a week; try the second contact.'],
  ['Pinehurst Logistics', 'fleet@pinehurst.example', 'Enterprise', 'configuring', 'At risk', -24, 'Single sign-on certificate expires soon.'],
  ['Oakline Studios', 'studio@oakline.example', 'Growth', 'configuring', 'On track', -31, 'Template review on Thursday.'],
  ['Meridian Cycles', 'shop@meridian-cycles.example', 'Growth', 'configuring', 'On track', -16, ''],
  ['Saffron Hotels', 'group@saffron.example', 'Enterprise', 'live', 'On track', -62, 'Eleven houses live, two to go.'],
  ['Quarry Lane Dental', 'desk@quarrylane.example', 'Starter', 'live', 'On track', -48, ''],
  ['Juniper Freight', 'ops@juniper.example', 'Growth', 'live', 'On track', -75, 'Asked for the case study.'],
  ['Old Mill Press', 'print@oldmill.example', 'Starter', 'kickoff', 'Blocked', -95, 'Postponed to next year.', true],
];

export function demoCustomers() {
  return ROWS.map(([company, contact, plan, stage, health, start, notes, archived = false], i) => ({
    id: `c${i + 1}`,
    company,
    contact,
    plan,
    stage,
    health,
    startDate: isoDay(start),
    notes,
    archived,
    version: 1,
    createdAt: `2024-01-${String(28 - i).padStart(2, '0')}T09:00:00.000Z`,
  }));
}
