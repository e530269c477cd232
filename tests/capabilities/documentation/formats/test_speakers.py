import pytest

from wardround.capabilities.documentation.formats.speakers import is_role, is_sound, speaker_of


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("Doctor", "doctor"),
        ("DR", "doctor"),
        ("Dr. Smith", "doctor"),
        ("Doctor_2", "doctor"),
        ("GP", "doctor"),
        ("Clinician", "doctor"),
        ("provider 1", "doctor"),
        ("Patient", "patient"),
        ("Patient 2", "patient"),
        ("client", "patient"),
        ("pt", "patient"),
        ("patient_guest", "patient_guest"),
        ("Guest_clinician", "guest_clinician"),
        ("Doctor's assistant", "doctor_s_assistant"),
        ("Nurse", "nurse"),
        ("Ömer", "ömer"),
        ("--", "unknown"),
    ],
)
def test_a_label_becomes_a_speaker(label: str, speaker: str) -> None:
    assert speaker_of(label) == speaker


def test_roles_and_sounds() -> None:
    assert is_role("Guest_family_1")
    assert is_role("speaker 2")
    assert not is_role("Note")
    assert is_sound("Background Noise")
    assert not is_sound("doctor")
