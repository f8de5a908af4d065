import type { JsonObject } from '../../values/json.js';
import type { Gathered } from './gathered.js';

const DMI = '/sys/devices/virtual/dmi/id';

// Chassis types by number (DMTF DSP0134, table 17), in the words of Ansible's facts.
const FORM_FACTORS = [
  'Unknown Other Unknown Desktop Low_Profile_Desktop Pizza_Box Mini_Tower Tower Portable Laptop Notebook Hand_Held',
  'Docking_Station All_In_One Sub_Notebook Space-saving Lunch_Box Main_Server_Chassis Expansion_Chassis Sub_Chassis',
  'Bus_Expansion_Chassis Peripheral_Chassis RAID_Chassis Rack_Mount_Chassis Sealed-case_PC Multi-system CompactPCI',
  'AdvancedTCA Blade Blade_Enclosure Tablet Convertible Detachable IoT_Gateway Embedded_PC Mini_PC Stick_PC',
].flatMap((line) => line.split(' ').map((word) => word.replaceAll('_', ' ')));

const FILES: Readonly<Record<string, string>> = {
  bios_date: 'bios_date',
  bios_vendor: 'bios_vendor',
  bios_version: 'bios_version',
  board_asset_tag: 'board_asset_tag',
  board_name: 'board_name',
  board_serial: 'board_serial',
  board_vendor: 'board_vendor',
  board_version: 'board_version',
  chassis_asset_tag: 'chassis_asset_tag',
  chassis_serial: 'chassis_serial',
  chassis_vendor: 'chassis_vendor',
  chassis_version: 'chassis_version',
  form_factor: 'chassis_type',
  product_name: 'product_name',
  product_serial: 'product_serial',
  product_uuid: 'product_uuid',
  product_version: 'product_version',
  system_vendor: 'sys_vendor',
};

/** What the firmware says of the machine; `NA` where it says nothing or only root may read it. */
export function dmiFacts(gathered: Gathered): JsonObject {
  const facts = Object.entries(FILES).map(([name, file]): [string, string] => {
    const text = gathered.file(`${DMI}/${file}`) ?? 'NA';
    return [name, name === 'form_factor' ? (FORM_FACTORS[Number(text)] ?? text) : text];
  });
  return Object.fromEntries(facts);
}
