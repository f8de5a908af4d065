import { StepError } from '../steps.js';

/** A size as lvcreate takes it: a number and its unit, or a part of what there is. */
export type VolumeSize = {
  readonly sign: '' | '+' | '-';
  readonly number: number;
  /** As it was written, for LVM. */
  readonly words: string;
  /** What the percentage is of; absent for a size with a unit. */
  readonly whole?: 'VG' | 'PVS' | 'FREE';
  /** m unless another is given. */
  readonly unit: string;
};

/** Reads a size; a StepError says why it is none. */
export function readSize(text: string): VolumeSize {
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  const [, percent, whole = ''] = /^([^%]*)%(.*)$/s.exec(rest) ?? [];
  const common = { sign: sign as VolumeSize['sign'], words: rest };
  if (percent !== undefined) {
    if (Number(percent) > 100) throw new StepError('Size percentage cannot be larger than 100%');
    if (whole === 'ORIGIN') throw new StepError('Snapshot Volumes are not supported');
    if (!/^\d+$/.test(percent) || !(whole === 'VG' || whole === 'PVS' || whole === 'FREE'))
      throw new StepError('Specify extents as a percentage of VG|PVS|FREE');
    return { ...common, number: Number(percent), whole, unit: 'm' };
  }
  const [, digits, unit = 'm'] = /^(\d[\d.]*)([bskmgtpe]?)$/i.exec(rest) ?? [];
  if (digits === undefined || Number.isNaN(Number(digits)))
    throw new StepError(`Bad size specification of '${rest}'`);
  return { ...common, number: Number(digits), words: `${digits}${unit || 'm'}`, unit: unit || 'm' };
}

/** What is told of a group, in the unit that was asked for. */
export type Group = { readonly size: number; readonly free: number; readonly extent: number };

/** The size that a volume of `now` is to have, in the same unit. */
export function target(size: VolumeSize, now: number, group: Group): number {
  if (!size.whole) {
    if (size.sign === '') return size.number;
    return size.sign === '+' ? now + size.number : now - size.number;
  }
  const part = (size.number * (size.whole === 'FREE' ? group.free : group.size)) / 100;
  const wished = size.sign === '' ? part : size.sign === '+' ? now + part : now - part;
  return wished - (wished % group.extent);
}
