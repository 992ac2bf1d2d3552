import Registry

extension RegistryNode: PatientService {}
