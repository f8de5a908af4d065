import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { FfeError } from '../../errors/error.js';
import { posOf } from '../../values/position.js';
import type { Raw } from '../../values/value.js';
import { readText } from '../../yaml/file.js';
import { readProvider } from '../terraform/terraform.js';
import { checkKeys, type PluginWork } from './plugin.js';

const OPTIONS = ['project_path', 'state_file', 'binary_path', 'search_child_modules', 'workspace'];

const folders = (given: Raw | undefined): string[] => {
  const list = Array.isArray(given) ? given : [given ?? '.'];
  return list.filter((one): one is string => typeof one === 'string');
};

/**
 * The hosts and groups that the Terraform provider `ansible` keeps in the states of some project folders, by default the
 * one of this file: cloud.terraform's inventory plug-in `terraform_provider`, without Terraform.
 */
export function readProviderConfig(work: PluginWork): void {
  checkKeys(work, OPTIONS);
  const { config, file, inventory, reports } = work;
  const name = config.get('state_file');
  const state = typeof name === 'string' && name !== '' ? name : 'terraform.tfstate';
  for (const folder of folders(config.get('project_path'))) {
    const path = resolve(dirname(file), folder, state);
    if (existsSync(path)) readProvider(inventory, readText(path), path, reports);
    else
      throw new FfeError('not-found', `there is no Terraform state '${path}'`, {
        pos: posOf(config, 'project_path') ?? posOf(config, 'plugin'),
        hint: `a state that is kept elsewhere: terraform state pull > ${state}`,
      });
  }
}
