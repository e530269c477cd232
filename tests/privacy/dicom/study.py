"""A made-up study with a distinct planted value wherever PHI has been seen in DICOM files."""

from io import BytesIO
from itertools import count

import numpy as np
import pydicom
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

TEXT = [
    "PatientName",
    "PatientID",
    "OtherPatientNames",
    "PatientBirthName",
    "PatientMotherBirthName",
    "PatientAddress",
    "PatientTelephoneNumbers",
    "PatientComments",
    "AdditionalPatientHistory",
    "EthnicGroup",
    "Occupation",
    "MilitaryRank",
    "BranchOfService",
    "MedicalRecordLocator",
    "RegionOfResidence",
    "CountryOfResidence",
    "PatientReligiousPreference",
    "ResponsiblePerson",
    "ResponsibleOrganization",
    "PatientBreedDescription",
    "AccessionNumber",
    "StudyID",
    "StudyDescription",
    "SeriesDescription",
    "ProtocolName",
    "AdmissionID",
    "InstitutionName",
    "InstitutionAddress",
    "InstitutionalDepartmentName",
    "StationName",
    "ReferringPhysicianName",
    "ReferringPhysicianAddress",
    "ReferringPhysicianTelephoneNumbers",
    "PerformingPhysicianName",
    "NameOfPhysiciansReadingStudy",
    "OperatorsName",
    "PhysiciansOfRecord",
    "RequestingPhysician",
    "RequestingService",
    "RequestedProcedureDescription",
    "PerformedProcedureStepID",
    "PerformedProcedureStepDescription",
    "CommentsOnThePerformedProcedureStep",
    "ImageComments",
    "DerivationDescription",
    "AdmittingDiagnosesDescription",
    "DeviceSerialNumber",
    "DetectorID",
    "PlateID",
    "CassetteID",
    "GantryID",
    "GeneratorID",
    "Allergies",
    "MedicalAlerts",
    "SpecialNeeds",
    "PatientState",
    "CurrentPatientLocation",
    "TextComments",
    "VisitComments",
    "InterpretationText",
    "ResultsComments",
    "ReasonForStudy",
    "CommentsOnTheScheduledProcedureStep",
    "ContentDescription",
    "SecondaryReviewerName",
    "FilenameInContainer",
    "RetrieveURL",
    "DeviceID",
    "ImageID",
    "DocumentTitle",
    "TrackingID",
    "DestinationAE",
    "ManufacturerModelName",
    "SoftwareVersions",
    "ConvolutionKernel",
    "WindowCenterWidthExplanation",
]

DATES = [
    "PatientBirthDate",
    "StudyDate",
    "SeriesDate",
    "AcquisitionDate",
    "ContentDate",
    "InstanceCreationDate",
    "AcquisitionDateTime",
    "LastMenstrualDate",
    "PerformedProcedureStepStartDate",
    "ExpiryDate",
    "PatientDeathDateInAlternativeCalendar",
]

UIDS = [
    "StudyInstanceUID",
    "SeriesInstanceUID",
    "FrameOfReferenceUID",
    "SynchronizationFrameOfReferenceUID",
    "InstanceCreatorUID",
    "DeviceUID",
    "RadiopharmaceuticalAdministrationEventUID",
]


class Study:
    """Makes files and remembers every value that must not be found in what is made of them."""

    def __init__(self) -> None:
        self._number = count(1)
        self.planted: list[str] = []

    def word(self, shape: str = "Zqx{:03d}Kowalczyk") -> str:
        word = shape.format(next(self._number))
        self.planted.append(word)
        return word

    def header(self) -> Dataset:
        dataset = plain()
        for keyword in TEXT:
            vr = dictionary_VR(tag_for_keyword(keyword) or 0)
            word = self.word("QX{:03d}KOWAL" if vr in {"CS", "AE", "SH"} else "Zqx{:03d}Kowalczyk")
            setattr(dataset, keyword, word + ("^Given" if vr == "PN" else ""))
        for keyword in DATES:
            setattr(dataset, keyword, self.day())
        for keyword in UIDS:
            setattr(dataset, keyword, self.word("1.3.6.1.4.1.9999.{:03d}.77"))
        dataset.SOPInstanceUID = self.word("1.3.6.1.4.1.9999.{:03d}.78")
        self._sequences(dataset)
        self._private(dataset)
        self._odd(dataset)
        return dataset

    def day(self) -> str:
        number = next(self._number)
        day = f"{1931 + number % 60}{1 + number % 12:02d}{1 + number % 28:02d}"
        self.planted.append(day)
        return day

    def _sequences(self, dataset: Dataset) -> None:
        code = Dataset()
        code.CodeValue = self.word("QX{:03d}LOC")
        code.CodingSchemeDesignator = "99HOSP"
        code.CodeMeaning = self.word()
        published = Dataset()
        published.CodeValue = "T-04000"
        published.CodingSchemeDesignator = "SRT"
        published.CodeMeaning = self.word()
        request = Dataset()
        request.RequestedProcedureID = self.word("QX{:03d}REQ")
        request.ScheduledProcedureStepDescription = self.word()
        request.ReasonForTheRequestedProcedure = self.word()
        request.RequestedProcedureCodeSequence = Sequence([code])
        request.AnatomicRegionSequence = Sequence([published])
        request.private_block(0x0033, "HOSPITAL", create=True).add_new(1, "LO", self.word())
        deep = Dataset()
        deep.PatientName = self.word()
        deep.DateTime = f"{self.day()}101010"
        request.ReferencedImageSequence = Sequence([self._reference()])
        request.SourceImageSequence = Sequence([deep])
        dataset.RequestAttributesSequence = Sequence([request])
        other = Dataset()
        other.PatientID = self.word("QX{:03d}OTHER")
        dataset.OtherPatientIDsSequence = Sequence([other])
        original = Dataset()
        modified = Dataset()
        modified.PatientName = self.word()
        original.ModifiedAttributesSequence = Sequence([modified])
        original.ModifyingSystem = self.word()
        dataset.OriginalAttributesSequence = Sequence([original])
        text = Dataset()
        text.ValueType = "TEXT"
        text.ConceptNameCodeSequence = Sequence([published])
        text.TextValue = self.word()
        dataset.ContentSequence = Sequence([text])

    def _reference(self) -> Dataset:
        item = Dataset()
        item.ReferencedSOPClassUID = CTImageStorage
        item.ReferencedSOPInstanceUID = self.word("1.3.6.1.4.1.9999.{:03d}.79")
        return item

    def _private(self, dataset: Dataset) -> None:
        block = dataset.private_block(0x0029, "HOSPITAL SYSTEM 1.0", create=True)
        for number, vr in enumerate(("LO", "PN", "LT", "SH", "UT", "ST"), start=1):
            block.add_new(number, vr, self.word("QX{:03d}PRIV"))
        block.add_new(0x10, "UN", self.word().encode())
        block.add_new(0x11, "OB", self.word("QX{:03d}EVEN").encode())
        nested = Dataset()
        nested.PatientName = self.word()
        nested.private_block(0x0031, self.word(), create=True).add_new(1, "LO", self.word())
        block.add_new(0x12, "SQ", Sequence([nested]))
        self.planted.append("HOSPITAL SYSTEM")

    def _odd(self, dataset: Dataset) -> None:
        dataset.add_new(0x60000010, "US", 8)
        dataset.add_new(0x60000022, "LO", self.word())
        dataset.add_new(0x60003000, "OW", self.word("QX{:03d}OVERLA").encode())
        dataset.add_new(0x60004000, "LT", self.word())
        dataset.add_new(0x50003000, "OW", self.word("QX{:03d}CURVES").encode())
        dataset.add_new(0x50002500, "LO", self.word())
        dataset.add_new(0xFFFCFFFC, "OB", self.word("QX{:03d}PADDIN").encode())
        dataset.add_new(0x00420011, "OB", b"%PDF-1.7 " + self.word("QX{:03d}PDFPDF").encode())
        dataset.add_new(0x00282000, "OB", self.word("QX{:03d}PROFIL").encode())
        dataset.add_new(0x00091FFF, "UN", self.word("QX{:03d}ORPHAN").encode())
        dataset.add_new(0x00189999, "UN", self.word("QX{:03d}UNKNOW").encode())
        dataset.PixelData += self.word("QX{:03d}BEHIND").encode()

    def file(self) -> bytes:
        dataset = self.header()
        meta = FileMetaDataset()
        meta.MediaStorageSOPClassUID = dataset.SOPClassUID
        meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
        meta.TransferSyntaxUID = ExplicitVRLittleEndian
        meta.SourceApplicationEntityTitle = self.word("QX{:03d}AET")
        meta.ImplementationVersionName = self.word("QX{:03d}VERS")
        meta.PrivateInformationCreatorUID = self.word("1.3.6.1.4.1.9999.{:03d}.80")  # type: ignore[assignment]
        meta.PrivateInformation = self.word("QX{:03d}METAME").encode()
        dataset.file_meta = meta
        dataset.preamble = self.word("QX{:03d}PREAMBLE").encode().ljust(128, b"\0")
        return written(dataset)


def plain(rows: int = 8, columns: int = 8) -> Dataset:
    """Return a CT image of an unnamed patient."""
    dataset = Dataset()
    dataset.SOPClassUID = CTImageStorage
    dataset.SOPInstanceUID = "1.3.6.1.4.1.9999.1"
    dataset.StudyInstanceUID = "1.3.6.1.4.1.9999.2"
    dataset.SeriesInstanceUID = "1.3.6.1.4.1.9999.3"
    dataset.Modality = "CT"
    dataset.Manufacturer = "SIEMENS"
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    dataset.SliceThickness = "1.5"
    dataset.PixelSpacing = ["0.5", "0.5"]
    dataset.ImagePositionPatient = ["-1.5", "2", "3"]
    dataset.ImageOrientationPatient = ["1", "0", "0", "0", "1", "0"]
    dataset.WindowCenter, dataset.WindowWidth = "40", "400"
    dataset.RescaleIntercept, dataset.RescaleSlope = "-1024", "1"
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.Rows, dataset.Columns = rows, columns
    dataset.BitsAllocated = dataset.BitsStored = 16
    dataset.HighBit, dataset.PixelRepresentation = 15, 0
    dataset.PixelData = np.arange(rows * columns, dtype="<u2").tobytes()
    dataset["PixelData"].VR = "OW"
    return dataset


def written(dataset: Dataset) -> bytes:
    if not hasattr(dataset, "file_meta"):
        meta = FileMetaDataset()
        meta.TransferSyntaxUID = ExplicitVRLittleEndian
        dataset.file_meta = meta
    out = BytesIO()
    pydicom.dcmwrite(out, dataset, enforce_file_format=True)
    return out.getvalue()
