import { str } from '../../values/print.js';
import { type Filter, TemplateError } from '../library.js';
import { asText, flag, toNumber } from '../read.js';
import { filter } from '../signature.js';
import { dateValue } from '../time/special.js';
import { strftime } from '../time/strftime.js';
import { strptime } from '../time/strptime.js';
import { localMoment, utcMoment } from '../time/zone.js';

const format = filter('second? utc?', (input, [second = null, utc]) => {
  const epoch = second === null ? Date.now() / 1000 : toNumber(second);
  if (epoch === undefined) throw new TemplateError(`Invalid value for epoch value (${str(second)})`);
  return strftime(asText(input, 'a format'), flag(utc) ? utcMoment(epoch) : localMoment(epoch));
});

/** Filters on dates and times. */
export const timeFilters: Record<string, Filter> = {
  strftime: format,
  to_datetime: filter('format?', (input, [layout = '%Y-%m-%d %H:%M:%S']) =>
    dateValue(strptime(asText(input, 'a date'), asText(layout, 'a format'))),
  ),
};
