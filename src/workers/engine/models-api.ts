import { rejectWithInfo } from '../errors';
import type { ModelsApi } from '../protocol/models';
import type { EngineParts } from './parts';

/** Loading, listing and removing models. */
export function modelsApi({ backend, loader, models, recovery }: EngineParts): ModelsApi {
  const finish = <T>(work: () => Promise<T>): Promise<T> => rejectWithInfo(recovery.finish(work));
  return {
    loadModel: (modelId, onPhase) => finish(async () => (await models.get(modelId, onPhase)).info),

    inspectOwnModel: (files) =>
      finish(async () => {
        await backend.started();
        return (await loader.own()).inspect(files);
      }),

    addOwnModel: (id, described, onPhase) =>
      finish(async () => {
        const report = await backend.started();
        onPhase?.('loading');
        const { loaded, notKept } = await (await loader.own()).add(id, described, report.name);
        const ready = loader.warmUp(loaded, report, onPhase);
        models.put(id, ready);
        return { model: (await ready).info, notKept };
      }),

    describeOwnModel: (id, described, onPhase) =>
      finish(async () => {
        const report = await backend.started();
        onPhase?.('loading');
        const loaded = await (await loader.own()).describe(id, described, report.name);
        const ready = loader.warmUp(loaded, report, onPhase);
        models.put(id, ready);
        return (await ready).info;
      }),

    forgetOwnModel: async () => (await loader.own()).forget(),

    async removeOwnModel(id) {
      await rejectWithInfo(loader.own().then((own) => own.remove(id)));
      models.retire(id);
    },

    async ownModels() {
      const kept = await loader.storage.list();
      return kept.map(({ sha256, bytes, described }) => ({ id: `sha256:${sha256}`, bytes, described }));
    },
  };
}
