import { createRandom, type Random } from "./random.ts";

export interface ChurnOptions {
  /** Customers, that is lines below the header. @default 5000 */
  rows?: number;
  /** Another seed gives other customers who behave alike. @default 1 */
  seed?: number;
}

/** The header that glue/churn_etl.py expects. */
export const churnHeader =
  "State,Account Length,Area Code,Phone,Int'l Plan,VMail Plan,VMail Message,Day Mins,Day Calls,Day Charge," +
  "Eve Mins,Eve Calls,Eve Charge,Night Mins,Night Calls,Night Charge,Intl Mins,Intl Calls,Intl Charge,CustServ Calls,Churn?";

const states = (
  "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ " +
  "NM NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY"
).split(" ");

/** Of every hundred labels so many are the opposite of what the customer's behaviour says: no model gets below this error. */
const surpriseShare = 0.03;

/**
 * A CSV of telephone customers that look like those of the well-known churn data set: same header, similar distributions, about
 * one in six leaves. Who leaves follows from rules that a model of a few levels of trees can find: dear daytime use, repeated
 * calls to customer service, an international plan that is used little. The same options give the same text.
 */
export function churnCsv(options: ChurnOptions = {}): string {
  const rows = options.rows ?? 5000;
  const random = createRandom(options.seed ?? 1);
  const lines = [churnHeader];
  for (let i = 0; i < rows; i += 1) lines.push(customer(random, i));
  return `${lines.join("\n")}\n`;
}

interface Behaviour {
  internationalPlan: boolean;
  voiceMail: boolean;
  dayMinutes: number;
  eveningMinutes: number;
  internationalMinutes: number;
  internationalCalls: number;
  serviceCalls: number;
}

function customer(random: Random, index: number): string {
  const voiceMail = random.uniform() < 0.28;
  const behaviour: Behaviour = {
    internationalPlan: random.uniform() < 0.1,
    voiceMail,
    dayMinutes: minutes(random, 180, 54),
    eveningMinutes: minutes(random, 201, 51),
    internationalMinutes: minutes(random, 10.2, 2.8),
    internationalCalls: random.poisson(4.5),
    serviceCalls: random.poisson(1.56),
  };
  const nightMinutes = minutes(random, 201, 51);
  const surprise = random.uniform() < surpriseShare;
  const leaves = isLeaving(behaviour) !== surprise;
  return [
    states[index % states.length], // every state occurs in any 51 rows
    1 + Math.round(Math.abs(101 + 40 * random.normal())),
    random.pick(["408", "415", "510"]),
    phone(random),
    yesNo(behaviour.internationalPlan),
    yesNo(voiceMail),
    voiceMail ? 4 + random.poisson(25) : 0,
    ...usage(behaviour.dayMinutes, random.poisson(100), 0.17),
    ...usage(behaviour.eveningMinutes, random.poisson(100), 0.085),
    ...usage(nightMinutes, random.poisson(100), 0.045),
    ...usage(behaviour.internationalMinutes, behaviour.internationalCalls, 0.27),
    behaviour.serviceCalls,
    leaves ? "True." : "False.",
  ].join(",");
}

function isLeaving(behaviour: Behaviour): boolean {
  const dear = behaviour.dayMinutes > 245 && behaviour.eveningMinutes > 165 && !behaviour.voiceMail;
  const annoyed = behaviour.serviceCalls >= 4 && behaviour.dayMinutes < 190;
  const planWasted =
    behaviour.internationalPlan &&
    (behaviour.internationalCalls < 3 || behaviour.internationalMinutes > 13.1);
  return dear || annoyed || planWasted;
}

function minutes(random: Random, mean: number, deviation: number): number {
  return Math.max(0, Math.round(10 * (mean + deviation * random.normal())) / 10);
}

/** Minutes, calls and the charge that follows from the minutes. */
function usage(duration: number, calls: number, rate: number): string[] {
  return [duration.toFixed(1), String(calls), (duration * rate).toFixed(2)];
}

function phone(random: Random): string {
  const digits = () => Math.floor(random.uniform() * 10);
  return `${3 + Math.floor(random.uniform() * 2)}${digits()}${digits()}-${digits()}${digits()}${digits()}${digits()}`;
}

const yesNo = (value: boolean): string => (value ? "yes" : "no");
