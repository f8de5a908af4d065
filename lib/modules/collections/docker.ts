import { dockerCompose } from '../docker_compose.js';
import { dockerComposeV2 } from '../docker_compose_v2.js';
import { dockerComposeV2Pull } from '../docker_compose_v2_pull.js';
import { dockerContainer } from '../docker_container.js';
import { dockerContainerExec } from '../docker_container_exec.js';
import { dockerContainerInfo } from '../docker_container_info.js';
import { dockerHostInfo } from '../docker_host_info.js';
import { dockerImage } from '../docker_image.js';
import { dockerImageInfo } from '../docker_image_info.js';
import { dockerLogin } from '../docker_login.js';
import { dockerNetwork } from '../docker_network.js';
import { dockerNetworkInfo } from '../docker_network_info.js';
import { dockerPrune } from '../docker_prune.js';
import { dockerVolume } from '../docker_volume.js';
import { dockerVolumeInfo } from '../docker_volume_info.js';
import type { Module } from '../module.js';

/** The modules of community.docker. */
export const dockerModules: readonly Module[] = [
  dockerCompose,
  dockerComposeV2,
  dockerComposeV2Pull,
  dockerContainer,
  dockerContainerExec,
  dockerContainerInfo,
  dockerHostInfo,
  dockerImage,
  dockerImageInfo,
  dockerLogin,
  dockerNetwork,
  dockerNetworkInfo,
  dockerPrune,
  dockerVolume,
  dockerVolumeInfo,
];
