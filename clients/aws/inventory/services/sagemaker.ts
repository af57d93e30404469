// SageMaker: what is built and run with it, as far as it stays; not its jobs.
import {
  paginateListAppImageConfigs,
  paginateListClusters,
  paginateListCodeRepositories,
  paginateListDeviceFleets,
  paginateListDomains,
  paginateListEndpointConfigs,
  paginateListEndpoints,
  paginateListExperiments,
  paginateListFeatureGroups,
  paginateListHumanTaskUis,
  paginateListImages,
  paginateListInferenceComponents,
  paginateListMlflowTrackingServers,
  paginateListModelCards,
  paginateListModelPackageGroups,
  paginateListModels,
  paginateListMonitoringSchedules,
  paginateListNotebookInstanceLifecycleConfigs,
  paginateListNotebookInstances,
  paginateListPipelines,
  paginateListProjects,
  paginateListSpaces,
  paginateListStudioLifecycleConfigs,
  paginateListUserProfiles,
  paginateListWorkforces,
  paginateListWorkteams,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { sagemaker as catalogue } from '../../../../contract/catalogue/native/sagemaker.ts';
import { defineService } from '../listing.ts';
import { type Items, type Paginate, paged } from '../rows.ts';

const pageSize = 100;

const row = <const Key extends string, Input extends object, Page>(
  type: Key,
  paginate: Paginate<SageMakerClient, Input, Page>,
  items: (page: Page) => Items,
) => paged(type, { paginate, input: {} as Input, pageSize }, items);

export const sagemaker = defineService(catalogue, configuration => new SageMakerClient(configuration), [
  row('sagemaker.notebook-instance', paginateListNotebookInstances, page => page.NotebookInstances),
  row(
    'sagemaker.notebook-lifecycle-config',
    paginateListNotebookInstanceLifecycleConfigs,
    page => page.NotebookInstanceLifecycleConfigs,
  ),
  row('sagemaker.code-repository', paginateListCodeRepositories, page => page.CodeRepositorySummaryList),
  row('sagemaker.endpoint', paginateListEndpoints, page => page.Endpoints),
  row('sagemaker.endpoint-config', paginateListEndpointConfigs, page => page.EndpointConfigs),
  row('sagemaker.inference-component', paginateListInferenceComponents, page => page.InferenceComponents),
  row('sagemaker.monitoring-schedule', paginateListMonitoringSchedules, page => page.MonitoringScheduleSummaries),
  row('sagemaker.model', paginateListModels, page => page.Models),
  row('sagemaker.model-package-group', paginateListModelPackageGroups, page => page.ModelPackageGroupSummaryList),
  row('sagemaker.model-card', paginateListModelCards, page => page.ModelCardSummaries),
  row('sagemaker.domain', paginateListDomains, page => page.Domains),
  row('sagemaker.user-profile', paginateListUserProfiles, page => page.UserProfiles),
  row('sagemaker.space', paginateListSpaces, page => page.Spaces),
  row('sagemaker.studio-lifecycle-config', paginateListStudioLifecycleConfigs, page => page.StudioLifecycleConfigs),
  row('sagemaker.app-image-config', paginateListAppImageConfigs, page => page.AppImageConfigs),
  row('sagemaker.image', paginateListImages, page => page.Images),
  row('sagemaker.pipeline', paginateListPipelines, page => page.PipelineSummaries),
  row('sagemaker.project', paginateListProjects, page => page.ProjectSummaryList),
  row('sagemaker.feature-group', paginateListFeatureGroups, page => page.FeatureGroupSummaries),
  row('sagemaker.experiment', paginateListExperiments, page => page.ExperimentSummaries),
  row('sagemaker.mlflow-tracking-server', paginateListMlflowTrackingServers, page => page.TrackingServerSummaries),
  row('sagemaker.cluster', paginateListClusters, page => page.ClusterSummaries),
  row('sagemaker.workteam', paginateListWorkteams, page => page.Workteams),
  row('sagemaker.device-fleet', paginateListDeviceFleets, page => page.DeviceFleetSummaries),
  row('sagemaker.human-task-ui', paginateListHumanTaskUis, page => page.HumanTaskUiSummaries),
  row('sagemaker.workforce', paginateListWorkforces, page => page.Workforces),
]);
