import { clientArgs, clientRules } from './docker/client-args.js';
import { wantedImage } from './docker/container-look.js';
import { type Engine, engineOf, objectOf, objectsOf } from './docker/engine.js';
import { imagePath } from './docker/image-name.js';
import { defineModule } from './module.js';
import { stepping } from './steps.js';

/** Tells about images. */
export const dockerImageInfo = defineModule({
  name: 'docker_image_info',
  collection: 'community.docker',
  summary: 'Tells what the engine knows of Docker images.',
  args: {
    ...clientArgs,
    name: { type: 'list', elements: 'str', doc: 'The images, by name or id; all when none is named.' },
  },
  rules: clientRules,
  returns: { images: 'what the engine says of each that is there' },
  examples: `
- name: Which application is it?
  docker_image_info:
    name: registry.example.net/acme/app:1.4.2
  register: app
`,
  check: 'handled',
  run: (info) =>
    stepping(async () => {
      const engine = engineOf(info, info.args);
      const names = info.args.name?.length ? info.args.name.map(wantedImage) : await allIds(engine);
      const images = await engine.get(...names.map(imagePath));
      return { changed: false, images: images.map(objectOf).filter((image) => image !== undefined) };
    }),
});

async function allIds(engine: Engine): Promise<string[]> {
  const [list] = await engine.get('/images/json');
  return objectsOf(list).map((image) => String(image.Id));
}
