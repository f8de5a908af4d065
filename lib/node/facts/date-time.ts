import type { JsonObject } from '../../values/json.js';
import { type Gathered, printed } from './gathered.js';

/** The node's clock; everything is text, as Ansible has it, and the `iso8601` forms with `Z` are in UTC. */
export function dateTimeFacts(gathered: Gathered): JsonObject {
  const fields = printed(gathered, 'date').split('\n')[0]!.split('|');
  const [year, month, day, weekday, weekdayNumber, week, hour, minute, second, zone, offset, epoch, nanos] =
    fields as [string, ...string[]] & string[];
  const micros = (nanos ?? '').slice(0, 6);
  const utc = new Date(Number(epoch) * 1000).toISOString().slice(0, 19);
  const basic = `${year}${month}${day}T${hour}${minute}${second}`;
  return {
    date_time: {
      year,
      month,
      weekday,
      weekday_number: weekdayNumber,
      weeknumber: week,
      day,
      hour,
      minute,
      second,
      epoch,
      epoch_int: epoch,
      date: `${year}-${month}-${day}`,
      time: `${hour}:${minute}:${second}`,
      iso8601_micro: `${utc}.${micros}Z`,
      iso8601: `${utc}Z`,
      iso8601_basic: `${basic}${micros}`,
      iso8601_basic_short: basic,
      tz: zone,
      tz_dst: summerName(gathered.file('/etc/localtime')) ?? zone,
      tz_offset: offset,
    },
  };
}

/** The name of summer time, from the rule at the end of a zone file: `CET-1CEST,M3.5.0,M10.5.0/3` (tzfile(5)). */
function summerName(zoneFile: string | undefined): string | undefined {
  const rule = zoneFile?.slice(zoneFile.lastIndexOf('\n') + 1) ?? '';
  const found = /^(?:<[^>]+>|[A-Za-z]+)[-+\d:]+(<[^>]+>|[A-Za-z]+)/.exec(rule)?.[1];
  return found?.replace(/[<>]/g, '');
}
