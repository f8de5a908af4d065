import type { Module } from '../module.js';
import { postgresqlCopy } from '../postgresql_copy.js';
import { postgresqlDb } from '../postgresql_db.js';
import { postgresqlExt } from '../postgresql_ext.js';
import { postgresqlIdx } from '../postgresql_idx.js';
import { postgresqlInfo } from '../postgresql_info.js';
import { postgresqlMembership } from '../postgresql_membership.js';
import { postgresqlOwner } from '../postgresql_owner.js';
import { postgresqlPgHba } from '../postgresql_pg_hba.js';
import { postgresqlPing } from '../postgresql_ping.js';
import { postgresqlPrivs } from '../postgresql_privs.js';
import { postgresqlPublication } from '../postgresql_publication.js';
import { postgresqlQuery } from '../postgresql_query.js';
import { postgresqlSchema } from '../postgresql_schema.js';
import { postgresqlScript } from '../postgresql_script.js';
import { postgresqlSequence } from '../postgresql_sequence.js';
import { postgresqlSet } from '../postgresql_set.js';
import { postgresqlSlot } from '../postgresql_slot.js';
import { postgresqlSubscription } from '../postgresql_subscription.js';
import { postgresqlTable } from '../postgresql_table.js';
import { postgresqlTablespace } from '../postgresql_tablespace.js';
import { postgresqlUser } from '../postgresql_user.js';
import { postgresqlUserObjStatInfo } from '../postgresql_user_obj_stat_info.js';

/** The modules of community.postgresql. */
export const postgresqlModules: readonly Module[] = [
  postgresqlCopy,
  postgresqlDb,
  postgresqlExt,
  postgresqlIdx,
  postgresqlInfo,
  postgresqlMembership,
  postgresqlOwner,
  postgresqlPgHba,
  postgresqlPing,
  postgresqlPrivs,
  postgresqlPublication,
  postgresqlQuery,
  postgresqlSchema,
  postgresqlScript,
  postgresqlSequence,
  postgresqlSet,
  postgresqlSlot,
  postgresqlSubscription,
  postgresqlTable,
  postgresqlTablespace,
  postgresqlUser,
  postgresqlUserObjStatInfo,
];
