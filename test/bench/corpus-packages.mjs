// Which published npm packages the bench corpora are made of, with fixed versions. Only data.
// A published version never changes, so the same list gives the same files on every machine.

/** About 59,000 files, 440 MB: TypeScript, JavaScript, bundles, source maps, JSON, C, C++, Java, Python, docs. */
export const TREE = [
  'typescript@5.4.5',
  'date-fns@3.6.0',
  'core-js@3.37.1',
  'next@14.2.4',
  'three@0.165.0',
  '@mui/material@5.15.20',
  'lodash@4.17.21',
  'rxjs@7.8.1',
  'react-native@0.74.2',
  'highlight.js@11.9.0',
  'moment@2.30.1',
  '@faker-js/faker@8.4.1',
  'webpack@5.92.1',
  'eslint@9.5.0',
  'prettier@3.3.2',
  '@types/node@20.14.8',
  'ol@9.2.4',
  '@aws-sdk/client-ec2@3.600.0',
  'stripe@15.12.0',
  'twilio@5.2.0',
  'vue@3.4.30',
  'svelte@4.2.18',
  'es-abstract@1.23.3',
  'bootstrap@5.3.3',
  'tinymce@7.2.0',
  '@mdn/browser-compat-data@5.5.34',
  'node-gyp@10.1.0',
  'sequelize@6.37.3',
  'mongodb@6.7.0',
  '@angular/compiler@18.0.4',
  'npm@10.8.1',
  'ramda@0.30.1',
  'swagger-ui-dist@5.17.14',
  '@pulumi/aws@6.42.0',
  'firebase@10.12.2',
  'cldr-localenames-full@45.0.0',
  'better-sqlite3@11.0.0',
  'node-sass@9.0.0',
];

/** The part of TREE that makes the small tree: about 5,000 files, 39 MB. */
export const SMALL = [
  'webpack@5.92.1',
  'stripe@15.12.0',
  'twilio@5.2.0',
  'mongodb@6.7.0',
  'sequelize@6.37.3',
  'eslint@9.5.0',
  'node-gyp@10.1.0',
  'svelte@4.2.18',
  'lodash@4.17.21',
  '@types/node@20.14.8',
  'vue@3.4.30',
];

/** Ten large packages of many kinds, none of them in TREE, for hunting false alarms (`--ten`). */
export const TEN = [
  'aws-sdk@2.1640.0',
  'googleapis@137.1.0',
  'monaco-editor@0.49.0',
  'plotly.js@2.33.0',
  'aws-cdk-lib@2.147.0',
  'echarts@5.5.0',
  'antd@5.18.3',
  '@elastic/eui@95.0.0',
  '@babel/standalone@7.24.7',
  '@mui/icons-material@5.15.20',
];
